using System.ComponentModel.DataAnnotations;
using CrmPlatform.Contracts.Identity;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Identity.OAuth;

/// <summary>That somebody lets a client act for them, until it ends. Every token that came of it ends with it, everywhere.</summary>
public sealed record Connection : Record
{
    /// <summary>Who.</summary>
    [SetBySlices, Refers("user")]
    public Guid UserId { get; init; }

    /// <summary>The sign-in it came from, with which it ends unless the client was to go on when nobody is there.</summary>
    [SetBySlices, Refers("signIn")]
    public Guid SignInId { get; init; }

    /// <summary>Which client.</summary>
    [SetBySlices, StringLength(60)]
    public string ClientId { get; init; } = "";

    /// <summary>What the client was called.</summary>
    [SetBySlices, StringLength(100)]
    public string ClientName { get; init; } = "";

    /// <summary>What it may do at most.</summary>
    [SetBySlices, MaxItems(20)]
    public string[] Scopes { get; init; } = [];

    /// <summary>When it began.</summary>
    [SetBySlices]
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended, if it has.</summary>
    [SetBySlices]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why: <c>revoked</c>, <c>reused</c>, <c>clientRevoked</c>.</summary>
    [SetBySlices, StringLength(40)]
    public string? EndedBecause { get; init; }

    /// <summary>Whether it goes on when the sign-in has ended.</summary>
    internal bool GoesOn => Scopes.Contains(OAuthScopes.Offline);

    /// <summary>Logging in with a client makes one; one that has ended never begins again, whatever is undone.</summary>
    public static ValueTask<Connection> Rule(Session session, Connection? before, Connection after)
    {
        if (after.UserId == default)
            throw new Refusal(403, Refusal.Denied, "Logging in with a client makes these.");
        if (after.DeletedAt is not null)
            throw new Refusal(403, Refusal.Denied, "A connection is not put into the trash. Revoke it.");
        if (before?.EndedAt is not null && before.EndedAt != after.EndedAt)
            throw new Refusal(409, "has_ended", "This connection has ended; whoever it was logs in again.");
        return ValueTask.FromResult(after with { OwnerId = after.UserId });
    }

    /// <summary>Ends it, once it is locked; its refresh tokens and the tokens made from them are refused from here on.</summary>
    internal async Task End(Session session, string because)
    {
        if (EndedAt is null)
            await session.Change(this, this with { EndedAt = session.Now, EndedBecause = because }, new ConnectionRevoked { Because = because });
    }
}
