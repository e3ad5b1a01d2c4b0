namespace CrmPlatform.Access;

/// <summary>Who acts: a person, a system with credentials of its own, or the platform reacting to what somebody did.</summary>
public sealed record Actor(ActorKind Kind, string Id, string Name)
{
    /// <summary>The door the actor came through (<c>rest</c>, <c>graph</c>, <c>message</c>, <c>import</c> …).</summary>
    public string Door { get; init; } = "rest";
}

/// <summary>The kinds of actor a journal entry can name.</summary>
public enum ActorKind
{
    /// <summary>A person.</summary>
    User,

    /// <summary>A partner system or script with credentials of its own.</summary>
    System,

    /// <summary>The platform itself.</summary>
    Platform,
}
