using CrmPlatform.Access;
using CrmPlatform.Journal.Roles;
using Npgsql;

namespace CrmPlatform.Journal.Records.Custom;

/// <summary>
/// The fields each tenant has added, kept in memory for a moment: a change counts at once in the process that made it, elsewhere within
/// <see cref="Fresh"/>.
/// </summary>
public sealed class CustomFields
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly NpgsqlDataSource data;
    private readonly Lately<Guid, CustomFieldsOfTenant> known;
    private readonly RecordType<CustomField> type = new();
    private TaskCompletionSource next = Promise();

    /// <summary>Reads from a service's database.</summary>
    public CustomFields(NpgsqlDataSource data, TimeProvider clock)
    {
        this.data = data;
        known = new(clock, Fresh, async (tenant, before) => await Read(tenant) is var fields && before?.Equals(fields) == true ? before : fields);
    }

    /// <summary>Ends with the next change that this process makes to a field, of any tenant.</summary>
    public Task Change => Volatile.Read(ref next).Task;

    /// <summary>The fields a tenant has added: the same object for as long as nothing has changed.</summary>
    public ValueTask<CustomFieldsOfTenant> Of(Guid tenant, CancellationToken cancel) => known.Of(tenant, cancel);

    /// <summary>What is known of a tenant has changed.</summary>
    internal void Forget(Guid tenant)
    {
        known.Forget(tenant);
        Interlocked.Exchange(ref next, Promise()).TrySetResult();
    }

    private static TaskCompletionSource Promise() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<CustomFieldsOfTenant> Read(Guid tenant)
    {
        await using var unit = new Unit(data);
        var fields = await unit.Read(
            tenant, Statements.Positional($"select {type.Columns} from custom_field where tenant = $1 and deleted_at is null order by id", [tenant]),
            row => (CustomField)type.Read(row), false, CancellationToken.None);
        return new CustomFieldsOfTenant(fields);
    }
}

/// <summary>The fields one tenant has added, at one time.</summary>
public sealed class CustomFieldsOfTenant : IEquatable<CustomFieldsOfTenant>
{
    private readonly Dictionary<string, List<CustomField>> byRecord;
    private readonly HashSet<(Guid, int)> versions;

    internal CustomFieldsOfTenant(IReadOnlyCollection<CustomField> fields)
    {
        byRecord = fields.GroupBy(f => f.Record).ToDictionary(g => g.Key, g => g.ToList());
        versions = [.. fields.Select(f => (f.Id, f.Version))];
    }

    /// <summary>They all in a word: another one means that something is different.</summary>
    public string Version => field ??= Digest.Of(string.Join(' ', versions.Order().Select(v => $"{v.Item1}:{v.Item2}")));

    /// <summary>Those of a record type, retired ones included.</summary>
    public IReadOnlyList<CustomField> Of(string record) => byRecord.GetValueOrDefault(record) ?? [];

    /// <summary>Whether the same fields are in the same versions.</summary>
    public bool Equals(CustomFieldsOfTenant? other) => other is not null && versions.SetEquals(other.versions);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CustomFieldsOfTenant);

    /// <inheritdoc/>
    public override int GetHashCode() => versions.Count;
}
