using System.Text.Json;
using CrmPlatform.Access.Roles;
using CrmPlatform.Contracts;
using CrmPlatform.Integrations.Catalogue;
using CrmPlatform.Integrations.Webhooks;
using CrmPlatform.Journal;

namespace CrmPlatform.Integrations.Hearing;

/// <summary>What somebody who is told of events sees of other services' records: which of them, and which of their fields.</summary>
/// <param name="standing">Where they stand.</param>
internal sealed class Subscriber(Standing standing)
{
    /// <summary>What a webhook acts with whose owner was held to no roles.</summary>
    public const string AllRoles = "*";

    private static readonly Standing Nowhere = new(new Rights([]), null, []);

    /// <summary>Whose records are their own.</summary>
    public Guid? Me => standing.Me;

    /// <summary>Whether nothing is kept from them.</summary>
    public bool SeesEverything => standing.Rights.IsEverything;

    /// <summary>Who a webhook speaks to: its owner as they stand now, at most, person or program; where nothing is known of them, as they were.</summary>
    public static async ValueTask<Subscriber> Of(Session session, Webhook webhook)
    {
        if (webhook.OwnerId is not { } owner)
            return new(Standing.Everything);
        return new(await session.StandingOf(owner) ?? await Program(session, owner)
            ?? (webhook.ActsWith.Contains(AllRoles) ? Standing.Everything
                : await session.StandingWith(owner, webhook.ActsWith, [.. webhook.ActsIn.Select(Guid.Parse)])));
    }

    /// <summary>Whether they see a record as it is now.</summary>
    public bool Sees(KnownRecord record, State state) => ReachOf(record) switch
    {
        Reach.All => true,
        Reach.None => false,
        Reach.Own => IsMine(state),
        _ => IsMine(state) || state.Team is { } team && standing.Teams.Contains(team),
    };

    /// <summary>How far they see records of a type.</summary>
    public Reach ReachOf(KnownRecord record) => SeesEverything || record.IsModel ? Reach.All : standing.Rights.For(record.Bare, Deed.Read);

    /// <summary>Whether a field is shown to them: one that is declared, for what is hidden is hidden with others.</summary>
    public bool Shows(KnownRecord record, string field) => record.Declares(field) && MayKnow(record, field);

    /// <summary>Whether they may know that a field changed. Of one that is not declared that is all that they are told.</summary>
    public bool MayKnow(KnownRecord record, string field) => SeesEverything || record.IsModel || Said(record, field)
        && (!field.StartsWith("custom.", StringComparison.Ordinal) || Said(record, "custom"))
        && (!record.Fields.TryGetValue(field, out var known) || known.With.All(other => Said(record, other)));

    private bool IsMine(State state) => state.Owner is { } owner && owner == standing.Me;

    private bool Said(KnownRecord record, string field) => standing.Rights.Field(record.Bare, field) >= FieldRight.ReadOnly;

    // What identity tells of keys and clients is copied here like everything else.
    private static async Task<Standing?> Program(Session session, Guid id)
    {
        var found = await session.Query<Row>(
            "select fields::text as fields, deleted from copy where tenant = @tenant and record in ('identity.apiKey', 'identity.client') and id = @id",
            new { id });
        if (found is not [var row])
            return null;
        var kept = JsonSerializer.Deserialize<Kept>(row.Fields, Changes.Json)!;
        return row.Deleted || kept.RevokedAt is not null || kept.ExpiresAt <= session.Now ? Nowhere : await session.StandingWith(id, kept.Roles ?? [], []);
    }

    private sealed record Row(string Fields, bool Deleted);

    private sealed record Kept(string[]? Roles, DateTimeOffset? RevokedAt, DateTimeOffset? ExpiresAt);
}
