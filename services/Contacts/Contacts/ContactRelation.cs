using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Contacts.Contacts;

/// <summary>
/// What one person is to another. It is written once and read from both sides.
/// </summary>
public sealed record ContactRelation : Record
{
    /// <summary>The person of whom something is said.</summary>
    [Required, Refers("contact")]
    public Guid? ContactId { get; init; }

    /// <summary>What the person is to the other.</summary>
    [Required]
    public RelationKind? Kind { get; init; }

    /// <summary>The other person.</summary>
    [Required, Refers("contact"), Label("Related to")]
    [Example("other")]
    public Guid? RelatedId { get; init; }

    /// <summary>What the other is to the person.</summary>
    [Derived(nameof(Kind))]
    public RelationKind? Inverse => Kind is { } kind ? Relations.Inverse(kind) : null;

    /// <summary>What there is to know of it.</summary>
    [StringLength(500)]
    public string? Note { get; init; }

    /// <summary>A relation has two sides; in the trash a merge may have made one of them.</summary>
    public static ValueTask<ContactRelation> Rule(Session session, ContactRelation? before, ContactRelation after) =>
        after is { DeletedAt: null, ContactId: { } one } && one == after.RelatedId
            ? throw Refusal.Invalid("relatedId", "A relation has two sides.") : new(after);
}

/// <summary>What one person can be to another.</summary>
public enum RelationKind
{
    /// <summary>Works with.</summary>
    Colleague,

    /// <summary>Does business with.</summary>
    Partner,

    /// <summary>Is a friend of.</summary>
    Friend,

    /// <summary>Is of the family of.</summary>
    Family,

    /// <summary>Is married to.</summary>
    Spouse,

    /// <summary>Is a parent of.</summary>
    Parent,

    /// <summary>Is a child of.</summary>
    Child,

    /// <summary>Assists.</summary>
    Assistant,

    /// <summary>Is assisted by.</summary>
    Principal,

    /// <summary>Has recommended.</summary>
    Referrer,

    /// <summary>Was recommended by.</summary>
    Referred,

    /// <summary>Is listened to by.</summary>
    Influencer,

    /// <summary>Listens to.</summary>
    Influenced,

    /// <summary>Advises.</summary>
    Mentor,

    /// <summary>Is advised by.</summary>
    Mentee,

    /// <summary>Something else.</summary>
    Other,
}

/// <summary>The two sides of relations.</summary>
public static class Relations
{
    /// <summary>What the other is to the one.</summary>
    public static RelationKind Inverse(RelationKind kind) => kind switch
    {
        RelationKind.Parent => RelationKind.Child,
        RelationKind.Child => RelationKind.Parent,
        RelationKind.Assistant => RelationKind.Principal,
        RelationKind.Principal => RelationKind.Assistant,
        RelationKind.Referrer => RelationKind.Referred,
        RelationKind.Referred => RelationKind.Referrer,
        RelationKind.Influencer => RelationKind.Influenced,
        RelationKind.Influenced => RelationKind.Influencer,
        RelationKind.Mentor => RelationKind.Mentee,
        RelationKind.Mentee => RelationKind.Mentor,
        _ => kind,
    };
}
