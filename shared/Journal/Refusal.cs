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
        new(403, Denied, $"Your roles do not let you {deed.ToString().ToLowerInvariant()} this {record}.")
        {
            Facts = new Dictionary<string, object?> { ["record"] = record, ["deed"] = deed.ToString().ToLowerInvariant() },
        };

    /// <summary>One field does not hold what it should: the sentence, and the rule where it is one that programs may say in words of their own.</summary>
    public static Refusal Invalid(string field, string message, BrokenRule? rule = null) =>
        new(422, "invalid", "Some fields are not valid.") { Errors = At(field, message), Facts = Broken(field, rule) };

    /// <summary>Several fields do not hold what they should; the rules stand beside their sentences, none where the sentence alone says it.</summary>
    public static Refusal Invalid(IReadOnlyDictionary<string, string[]> errors, IReadOnlyDictionary<string, BrokenRule?[]>? broken = null) =>
        new(422, "invalid", "Some fields are not valid.")
        {
            Errors = errors,
            Facts = broken is { Count: > 0 } ? new Dictionary<string, object?> { [BrokenRules] = broken } : new Dictionary<string, object?>(),
        };

    /// <summary>What says of a problem which rules were broken: by field, each beside its sentence in <see cref="Errors"/>.</summary>
    public const string BrokenRules = "broken";

    /// <summary>The fact that a rule of a field was broken.</summary>
    public static IReadOnlyDictionary<string, object?> Broken(string field, BrokenRule? rule) => rule is null ? new Dictionary<string, object?>()
        : new Dictionary<string, object?> { [BrokenRules] = new Dictionary<string, BrokenRule?[]> { [field] = [rule] } };

    private static Dictionary<string, string[]> At(string field, string message) => new() { [field] = [message] };

    /// <summary>What was refused, whether by us or by the database on our behalf; null when it is something else that went wrong.</summary>
    public static Refusal? Of(Exception exception) => exception switch
    {
        Refusal refusal => refusal,
        PostgresException { SqlState: "CRM01" } => new Refusal(409, "changed_meanwhile", "The record has changed meanwhile; read it again."),
        PostgresException { SqlState: "CRM02", ConstraintName: { } field } => BadReference(field),
        PostgresException { SqlState: "CRM03", ConstraintName: { } field } broken => Invalid(field, broken.MessageText, BrokenRule.Loop),
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } taken => Taken(taken.ConstraintName),
        PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation, ConstraintName: { } key, TableName: { } table } =>
            BadReference(FieldOf(key, table)),
        _ => null,
    };

    /// <summary>Whether it was refused because another record has this field's value.</summary>
    public bool IsTaken(string field) => Code == "duplicate" && Errors.ContainsKey(field);

    // What is unique is named table__field, so that the answer can say where.
    private static Refusal Taken(string? constraint) => constraint?.Split("__") is [_, var field]
        ? new(409, "duplicate", Exists) { Errors = At(field, $"Another record has this {field} already."), Facts = Broken(field, BrokenRule.Taken) }
        : new(409, "duplicate", Exists);

    private const string Exists = "A record with this value exists already.";

    /// <summary>A field refers to a record that is not there, or not for the caller.</summary>
    public static Refusal BadReference(string field, string message = "A record it refers to does not exist.") => new(422, "invalid_reference", message)
    {
        Errors = At(field, $"There is no record with this id that {field} could refer to."),
        Facts = Broken(field, BrokenRule.Missing),
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
