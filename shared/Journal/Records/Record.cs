using System.Text.Json;
using CrmPlatform.Access;

namespace CrmPlatform.Journal.Records;

/// <summary>Something people keep. A derived class declares its fields once; table, doors, events, history and undo follow from it.</summary>
public abstract record Record
{
    /// <summary>Identifies the record for ever; UUIDv7, so newer ids sort later.</summary>
    public Guid Id { get; init; }

    /// <summary>Counts the changes: 1 when created, one more with each journal entry.</summary>
    public int Version { get; init; }

    /// <summary>When it was entered.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it went to the trash, if it is there.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Who entered it, through which door.</summary>
    public Actor? CreatedBy { get; init; }

    /// <summary>Who changed it last, through which door.</summary>
    public Actor? UpdatedBy { get; init; }

    /// <summary>The person responsible for it.</summary>
    [Label("Owner"), Refers("user")]
    public Guid? OwnerId { get; init; }

    /// <summary>The team responsible for it.</summary>
    [Label("Team"), Refers("team")]
    public Guid? TeamId { get; init; }

    /// <summary>Words to find it by.</summary>
    [MaxItems(100), ItemLength(100)]
    public string[] Tags { get; init; } = [];

    /// <summary>What other systems call it.</summary>
    [Label("External ids"), MaxItems(50)]
    public IReadOnlyList<ExternalId> ExternalIds { get; init; } = [];

    /// <summary>Fields that the tenant has added to this type.</summary>
    [Label("Custom fields")]
    public IReadOnlyDictionary<string, JsonElement> Custom { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>By what it is recognised when it is entered again: <c>email ada@mail.example</c>. Kept beside it, to be asked for.</summary>
    public virtual IEnumerable<string> RecognisedBy() => [];
}
