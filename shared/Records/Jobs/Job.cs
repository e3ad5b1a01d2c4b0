using System.Text.Json;
using System.Text.Json.Serialization;
using CrmPlatform.Access;
using CrmPlatform.Journal;
using CrmPlatform.Records.Doors;

namespace CrmPlatform.Records.Jobs;

/// <summary>Something done to many records in the background, step by step; what it has done is one operation, to be undone like any other.</summary>
public sealed record Job
{
    /// <summary>Identifies it.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it does: <c>bulk-edit</c>, <c>import</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>To which record type.</summary>
    public required string Record { get; init; }

    /// <summary>Where it stands.</summary>
    public required JobState State { get; init; }

    /// <summary>What to undo to take everything back it has done.</summary>
    public required Guid Operation { get; init; }

    /// <summary>Who asked for it.</summary>
    public required Actor By { get; init; }

    /// <summary>What was asked for.</summary>
    public required JsonElement Request { get; init; }

    /// <summary>How many records it is about, as far as is known.</summary>
    public long? Total { get; init; }

    /// <summary>How many it has dealt with.</summary>
    public long Done { get; init; }

    /// <summary>How many of these it has changed or entered.</summary>
    public long Changed { get; init; }

    /// <summary>How many of these were refused.</summary>
    public long Failed { get; init; }

    /// <summary>The first hundred that were refused, and why.</summary>
    public required IReadOnlyList<JobError> Errors { get; init; }

    /// <summary>Why it failed as a whole.</summary>
    public ItemProblem? Problem { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    [JsonIgnore]
    internal Guid Tenant { get; init; }

    [JsonIgnore]
    internal IReadOnlyList<string>? Roles { get; init; }

    [JsonIgnore]
    internal IReadOnlyList<Guid> Teams { get; init; } = [];

    // Where they asked from is for the journal, not for those who see the job.
    [JsonIgnore]
    internal string? Address { get; init; }

    [JsonIgnore]
    internal string? Trace { get; init; }

    [JsonIgnore]
    internal JsonElement? Place { get; init; }

    [JsonIgnore]
    internal int Attempts { get; init; }

    /// <summary>What it does, it does as who asked for it: a user with the roles they have by now, others with those they had.</summary>
    internal Cause Cause => new(By with { Address = Address }, Tenant, Operation, Trace)
    {
        Roles = Roles,
        Teams = Teams,
        UserVersion = Roles is null ? null : 0,
    };
}

/// <summary>Where a job stands.</summary>
public enum JobState
{
    /// <summary>It waits to be started.</summary>
    Prepared,

    /// <summary>It waits for its turn.</summary>
    Queued,

    /// <summary>It is being done.</summary>
    Running,

    /// <summary>All of it is done.</summary>
    Done,

    /// <summary>It could not go on; what it has done stays.</summary>
    Failed,

    /// <summary>Somebody stopped it; what it had done stays.</summary>
    Cancelled,
}

/// <summary>One that was refused.</summary>
/// <param name="Id">The record, where there is one.</param>
/// <param name="Row">The row of the file, where there is one; the first below the header is 1.</param>
/// <param name="Problem">Why.</param>
public sealed record JobError(Guid? Id, long? Row, ItemProblem Problem);

/// <summary>Jobs, newest first.</summary>
public sealed record JobList(IReadOnlyList<Job> Items);
