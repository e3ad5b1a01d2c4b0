using System.Collections.Concurrent;
using System.Reflection;
using CrmPlatform.Access.Roles;
using CrmPlatform.Contracts;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Records.Custom;
using CrmPlatform.Journal.Roles;
using CrmPlatform.Journal.Search;
using CrmPlatform.Journal.Telemetry;
using Npgsql;

namespace CrmPlatform.Journal;

/// <summary>Opens the sessions of one service.</summary>
public sealed class Sessions(
    string service, NpgsqlDataSource data, Lookups lookups, RecordTypes types, CustomFields customFields, RoleBook roles, TimeProvider clock, Wake wake,
    JournalMetrics metrics)
{
    private readonly ConcurrentDictionary<Type, string> facts = new();
    private readonly KnownWords words = new();

    internal Lookups Lookups { get; } = lookups;

    internal RecordTypes Types { get; } = types;

    internal CustomFields CustomFields { get; } = customFields;

    internal RoleBook Roles { get; } = roles;

    internal Sights Sights { get; } = new(types);

    internal TimeProvider Clock { get; } = clock;

    /// <summary>Opens a session; nothing reaches the database before its first read or its commit.</summary>
    public Session Begin(Cause cause, CancellationToken cancel) => new(this, new Unit(data, words), cause, cancel);

    internal void Committed(Guid tenant, IReadOnlyDictionary<string, int> entriesByType)
    {
        if (entriesByType.Count == 0)
            return;
        if (entriesByType.Keys.Any(type => type.StartsWith("customField.", StringComparison.Ordinal)))
            CustomFields.Forget(tenant);
        wake.Relay();
        foreach (var (type, entries) in entriesByType)
            metrics.Appended(type, entries);
    }

    internal void Denied(string record, Deed deed) => metrics.Denied(record, deed.ToString().ToLowerInvariant());

    // 'contacts.account.merged' told by the service 'contacts' of its record 'account' is 'account.merged' in its journal.
    internal string FactName(RecordType type, RecordEvent fact) => facts.GetOrAdd(fact.GetType(), t =>
    {
        var name = t.GetCustomAttribute<EventAttribute>()?.Type ?? throw new InvalidOperationException($"{t.Name} has no [Event] name.");
        return name.StartsWith($"{service}.{type.Name}.", StringComparison.Ordinal)
            ? name[(service.Length + 1)..]
            : throw new InvalidOperationException($"{name} is not a fact that {service} can tell of a {type.Name}.");
    });
}
