using System.Collections.Concurrent;
using Npgsql;

namespace CrmPlatform.Journal.Records.Custom;

/// <summary>
/// The fields each tenant has added, kept in memory for a moment: a change counts at once in the process that made it, elsewhere within
/// <see cref="Fresh"/>.
/// </summary>
public sealed class CustomFields(NpgsqlDataSource data, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<Guid, Known> known = new();
    private readonly RecordType<CustomField> type = new();
    private TaskCompletionSource next = Promise();

    /// <summary>Ends with the next change that this process makes to a field, of any tenant.</summary>
    public Task Change => Volatile.Read(ref next).Task;

    /// <summary>The fields a tenant has added: the same object for as long as nothing has changed.</summary>
    public async ValueTask<CustomFieldsOfTenant> Of(Guid tenant, CancellationToken cancel)
    {
        if (known.TryGetValue(tenant, out var here) && clock.GetElapsedTime(here.Since) <= Fresh)
            return here.Fields;
        var since = clock.GetTimestamp();
        var fields = await Read(tenant, cancel);
        return (known[tenant] = new Known(since, here is not null && here.Fields.Equals(fields) ? here.Fields : fields)).Fields;
    }

    /// <summary>What is known of a tenant has changed.</summary>
    internal void Forget(Guid tenant)
    {
        known.TryRemove(tenant, out _);
        Interlocked.Exchange(ref next, Promise()).TrySetResult();
    }

    private static TaskCompletionSource Promise() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<CustomFieldsOfTenant> Read(Guid tenant, CancellationToken cancel)
    {
        await using var unit = new Unit(data);
        var fields = await unit.Read(
            tenant, Statements.Positional($"select {type.Columns} from custom_field where tenant = $1 and deleted_at is null order by id", [tenant]),
            row => (CustomField)type.Read(row), false, cancel);
        return new CustomFieldsOfTenant(fields);
    }

    private sealed record Known(long Since, CustomFieldsOfTenant Fields);
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

    /// <summary>Those of a record type, retired ones included.</summary>
    public IReadOnlyList<CustomField> Of(string record) => byRecord.GetValueOrDefault(record) ?? [];

    /// <summary>Whether the same fields are in the same versions.</summary>
    public bool Equals(CustomFieldsOfTenant? other) => other is not null && versions.SetEquals(other.versions);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CustomFieldsOfTenant);

    /// <inheritdoc/>
    public override int GetHashCode() => versions.Count;
}
