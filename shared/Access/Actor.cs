using System.Text.Json.Serialization;

namespace CrmPlatform.Access;

/// <summary>Who acts: a person, a system with credentials of its own, or the platform reacting to what somebody did.</summary>
/// <remarks>
/// This is what a journal entry keeps for ever, as it was at that moment: enough to read the history without asking another service.
/// What a token allows does not belong here; it serves to decide, and is gone after the request (<see cref="Caller"/>).
/// </remarks>
/// <param name="Kind">Person, system or platform.</param>
/// <param name="Id">Who, for programs: the same for as long as the account lives.</param>
/// <param name="Name">Who, for people: the name at the time.</param>
public sealed record Actor(ActorKind Kind, string Id, string Name)
{
    /// <summary>The door the actor came through (<c>rest</c>, <c>graph</c>, <c>message</c>, <c>import</c> …).</summary>
    public string Door { get; init; } = "rest";

    /// <summary>The address the actor called from, where they called: in the journal for those who audit, and nowhere else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Address { get; init; }
}

/// <summary>The kinds of actor a journal entry can name.</summary>
public enum ActorKind
{
    /// <summary>A person.</summary>
    User,

    /// <summary>A partner system or script with credentials of its own.</summary>
    System,

    /// <summary>The platform itself. No token can say so.</summary>
    Platform,
}
