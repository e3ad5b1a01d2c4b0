using System.Text.Json;
using CrmPlatform.Journal;

namespace CrmPlatform.Records.Jobs;

/// <summary>A kind of job for one record type.</summary>
public abstract class Work(string kind, string record)
{
    /// <summary>The kind, as in the job and in the door its changes name: <c>bulk-edit</c>.</summary>
    public string Kind { get; } = kind;

    /// <summary>The record type.</summary>
    public string Record { get; } = record;

    /// <summary>How many may work on it at once: each has a share of its own and does it in order, the shares are done side by side.</summary>
    internal virtual int Lanes(Job job) => 1;

    /// <summary>Goes on with one share of a job where its last committed step left it.</summary>
    internal abstract Run GoOn(Job job, Lane lane, IServiceProvider services);
}

/// <summary>One share of a job on its way, in the hands of one worker.</summary>
internal abstract class Run : IAsyncDisposable
{
    /// <summary>Does the next step inside a session, which the worker commits together with how far the job is.</summary>
    public abstract Task<Step> Next(Session session, CancellationToken cancel);

    public virtual ValueTask DisposeAsync() => default;
}

/// <summary>What one step did.</summary>
/// <param name="Place">Where the next one goes on.</param>
/// <param name="Done">How many records or rows it dealt with.</param>
/// <param name="Changed">How many of them it changed.</param>
/// <param name="Refused">Those it could not.</param>
/// <param name="IsLast">Whether nothing is left of this share.</param>
internal sealed record Step(JsonElement? Place, int Done, int Changed, IReadOnlyList<JobError> Refused, bool IsLast);

/// <summary>Everything a service can do in the background.</summary>
public sealed class Works(IEnumerable<Work> works)
{
    private readonly Dictionary<(string, string), Work> all = works.ToDictionary(w => (w.Kind, w.Record));

    internal Work? Of(Job job) => all.GetValueOrDefault((job.Kind, job.Record));
}
