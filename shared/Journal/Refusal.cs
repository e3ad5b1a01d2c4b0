using CrmPlatform.Access.Roles;
using Npgsql;

namespace CrmPlatform.Journal;

/// <summary>Something to know about a change that was made all the same.</summary>
/// <param name="Code">Stable name of it, for programs.</param>
/// <param name="Message">What it is, for people.</param>
/// <param name="Facts">What helps to judge it.</param>
public sealed record Warning(string Code, string Message, IReadOnlyDictionary<string, object?> Facts);

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

    /// <summary>The record of which it is to be on record that this was refused, if it is.</summary>
    public (string Record, Guid Id)? About { get; init; }

    /// <summary>There is no such record, or it is another tenant's: the same answer for both.</summary>
    public static Refusal NotFound(string record, Guid id) => new(404, "not_found", $"There is no {record} {id}.");

    /// <summary>The code of what the caller's roles do not allow.</summary>
    public const string Denied = "not_allowed";

    /// <summary>The caller's roles do not allow a deed with a record; they see it, or enter it.</summary>
    public static Refusal NotAllowed(string record, Deed deed) =>
        new(403, Denied, $"Your roles do not let you {deed.ToString().ToLowerInvariant()} this {record}.");

    /// <summary>One field does not hold what it should.</summary>
    public static Refusal Invalid(string field, string message) => Invalid(new Dictionary<string, string[]> { [field] = [message] });

    /// <summary>Several fields do not hold what they should.</summary>
    public static Refusal Invalid(IReadOnlyDictionary<string, string[]> errors) =>
        new(422, "invalid", "Some fields are not valid.") { Errors = errors };

    /// <summary>What was refused, whether by us or by the database on our behalf; null when it is something else that went wrong.</summary>
    public static Refusal? Of(Exception exception) => exception switch
    {
        Refusal refusal => refusal,
        PostgresException { SqlState: "CRM01" } => new Refusal(409, "changed_meanwhile", "The record has changed meanwhile; read it again."),
        PostgresException { SqlState: "CRM02", ConstraintName: { } field } => BadReference(field),
        PostgresException { SqlState: "CRM03", ConstraintName: { } field } broken => Invalid(field, broken.MessageText),
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } taken => Taken(taken.ConstraintName),
        PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation, ConstraintName: { } key, TableName: { } table } =>
            BadReference(FieldOf(key, table)),
        _ => null,
    };

    /// <summary>Whether it was refused because another record has this field's value.</summary>
    public bool IsTaken(string field) => Code == "duplicate" && Errors.ContainsKey(field);

    // What is unique is named table__field, so that the answer can say where.
    private static Refusal Taken(string? constraint) => new(409, "duplicate", "A record with this value exists already.")
    {
        Errors = constraint?.Split("__") is [_, var field]
            ? new Dictionary<string, string[]> { [field] = [$"Another record has this {field} already."] } : new Dictionary<string, string[]>(),
    };

    private static Refusal BadReference(string field) => new(422, "invalid_reference", "A record it refers to does not exist.")
    {
        Errors = new Dictionary<string, string[]> { [field] = [$"There is no record with this id that {field} could refer to."] },
    };

    // contact_tenant_account_id_fkey → accountId
    private static string FieldOf(string key, string table)
    {
        var column = key.Replace($"{table}_", "", StringComparison.Ordinal).Replace("tenant_", "", StringComparison.Ordinal)
            .Replace("_fkey", "", StringComparison.Ordinal);
        var words = column.Split('_');
        return words[0] + string.Concat(words.Skip(1).Where(w => w.Length > 0).Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
    }
}
