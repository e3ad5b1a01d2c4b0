using System.Collections.Concurrent;
using CrmPlatform.Access;
using CrmPlatform.Journal.Intake;

namespace CrmPlatform.Graph.Subscriptions;

/// <summary>
/// What identity has revoked while this process was listening, until the last token of it has ended. Services decide about every question themselves; this
/// keeps a door shut that would stay open until they are asked again.
/// </summary>
internal sealed class Revoked(TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(15); // longer than any access token lives

    private readonly ConcurrentDictionary<(Guid Tenant, Guid Source), DateTimeOffset> known = new();

    /// <summary>Takes note of what is revoked; says whether that is what was told.</summary>
    public bool Hear(IncomingEvent told)
    {
        if (!told.Type.StartsWith("identity.", StringComparison.Ordinal) || !told.Type.EndsWith(".revoked", StringComparison.Ordinal))
            return false;
        var now = clock.GetUtcNow();
        known[(told.Tenant, told.RecordId)] = now;
        foreach (var over in known.Where(r => now - r.Value > Kept))
            known.TryRemove(over);
        return true;
    }

    /// <summary>Whether what a token came from has been revoked.</summary>
    public bool Has(Caller caller) => Has(caller.Tenant, caller.Source) || Has(caller.Tenant, caller.Connection);

    private bool Has(Guid tenant, Guid? source) => source is { } id && known.ContainsKey((tenant, id));
}
