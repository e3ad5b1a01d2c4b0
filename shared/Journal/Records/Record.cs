namespace CrmPlatform.Journal.Records;

/// <summary>Something people keep. A derived class declares its fields once; table, columns, events and undo follow from it.</summary>
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
}
