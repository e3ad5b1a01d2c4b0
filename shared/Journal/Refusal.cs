namespace CrmPlatform.Journal;

/// <summary>A change that must not happen, said so that the person at the other end can act on it. Thrown inside a session; nothing is written.</summary>
public sealed class Refusal(int status, string code, string message) : Exception(message)
{
    /// <summary>The HTTP status a door answers with.</summary>
    public int Status { get; } = status;

    /// <summary>Stable name of the reason, for programs.</summary>
    public string Code { get; } = code;

    /// <summary>What is wrong, by field.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>();

    /// <summary>Facts that help to go on (conflicts, allowed values), shown beside the problem.</summary>
    public IReadOnlyDictionary<string, object?> Facts { get; init; } = new Dictionary<string, object?>();

    /// <summary>There is no such record, or it is another tenant's: the same answer for both.</summary>
    public static Refusal NotFound(string record, Guid id) => new(404, "not_found", $"There is no {record} {id}.");

    /// <summary>One field does not hold what it should.</summary>
    public static Refusal Invalid(string field, string message) => Invalid(new Dictionary<string, string[]> { [field] = [message] });

    /// <summary>Several fields do not hold what they should.</summary>
    public static Refusal Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        new(422, "invalid", "Some fields are not valid.") { Errors = errors };
}
