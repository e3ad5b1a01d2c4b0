using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Identity.LogIn;

/// <summary>That somebody logged in with a device, until it ends. What it allows ends with it, everywhere.</summary>
public sealed record SignIn : Record
{
    /// <summary>Who.</summary>
    [SetBySlices, Refers("user")]
    public Guid UserId { get; init; }

    /// <summary>When.</summary>
    [SetBySlices]
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>With what: <c>Firefox on Linux</c>.</summary>
    [SetBySlices, StringLength(200)]
    public string Device { get; init; } = "";

    /// <summary>From where on the net.</summary>
    [SetBySlices, StringLength(60)]
    public string Address { get; init; } = "";

    /// <summary>When it ended, if it has.</summary>
    [SetBySlices]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why: <c>loggedOut</c>, <c>revoked</c>, <c>timedOut</c>, <c>deactivated</c>, <c>passwordChanged</c>.</summary>
    [SetBySlices, StringLength(40)]
    public string? EndedBecause { get; init; }

    /// <summary>Logging in makes one; one that has ended never begins again, whatever is undone.</summary>
    public static ValueTask<SignIn> Rule(Session session, SignIn? before, SignIn after)
    {
        if (after.UserId == default)
            throw new Refusal(403, Refusal.Denied, "Logging in makes these.");
        if (after.DeletedAt is not null)
            throw new Refusal(403, Refusal.Denied, "That somebody logged in is not put into the trash. Revoke it.");
        if (before?.EndedAt is not null)
            after = after with { EndedAt = before.EndedAt, EndedBecause = before.EndedBecause };
        return ValueTask.FromResult(after with { OwnerId = after.UserId });
    }
}
