using CrmPlatform.Access;

namespace CrmPlatform.Journal;

/// <summary>Why something is written: who acts, for which tenant, in which operation, in which trace.</summary>
/// <param name="Actor">Who acts.</param>
/// <param name="Tenant">Whose data it is.</param>
/// <param name="Operation">Groups all changes of one request, import, merge or conversion, in every service it reaches.</param>
/// <param name="Trace">The W3C <c>traceparent</c> of the request, carried to whoever hears of the change.</param>
public sealed record Cause(Actor Actor, Guid Tenant, Guid Operation, string? Trace)
{
    /// <summary>The roles that decide what may be done; null where none decide. They serve for that alone: no journal keeps them.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>The teams whose records count as the team's own.</summary>
    public IReadOnlyList<Guid> Teams { get; init; } = [];

    /// <summary>
    /// The version of the user whose roles and teams these are; what identity has told since counts before them. Null where they are nobody's that
    /// identity could tell of: the platform reacting, which is held to none.
    /// </summary>
    public int? UserVersion { get; init; }

    /// <summary>How the one who acts proved who they are (RFC 8176), for roles that demand more than a password.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];
}
