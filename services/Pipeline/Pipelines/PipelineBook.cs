using CrmPlatform.Journal;

namespace CrmPlatform.Pipeline.Pipelines;

/// <summary>A tenant's pipelines with their stages in order, read once in a session however many deals it writes.</summary>
internal sealed class PipelineBook
{
    private const string Place = "pipelines";

    private readonly Dictionary<Guid, Pipeline> pipelines;
    private readonly Dictionary<Guid, Stage> stages;

    private PipelineBook(List<Pipeline> pipelines, List<Stage> stages) => (this.pipelines, this.stages) =
        (pipelines.ToDictionary(p => p.Id), stages.OrderBy(s => s.Position).ThenBy(s => s.CreatedAt).ThenBy(s => s.Id).ToDictionary(s => s.Id));

    /// <summary>All of them, archived ones and what is in the trash too: deals may be there.</summary>
    public static async ValueTask<PipelineBook> Of(Session session)
    {
        if (session.Known.TryGetValue(Place, out var known))
            return (PipelineBook)known;
        var book = new PipelineBook(await session.List<Pipeline>("true", new { }), await session.List<Stage>("true", new { }));
        session.Known[Place] = book;
        return book;
    }

    /// <summary>What this session has read may be so no longer.</summary>
    public static void Forget(Session session) => session.Known.Remove(Place);

    /// <summary>Those that deals come into, in order, the default one first.</summary>
    public IEnumerable<Pipeline> Open => pipelines.Values.Where(p => p is { Archived: false, DeletedAt: null })
        .OrderByDescending(p => p.IsDefault).ThenBy(p => p.Position).ThenBy(p => p.CreatedAt);

    /// <summary>Those of them in which a deal can begin.</summary>
    public IEnumerable<Pipeline> Usable => Open.Where(p => OpenTo(p.Id).Any(s => s.Type == StageType.Open));

    /// <summary>One that is called so, archived or not.</summary>
    public Pipeline? Called(string name) =>
        pipelines.Values.FirstOrDefault(p => p.DeletedAt is null && p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>A stage by its id.</summary>
    public Stage? Stage(Guid? id) => id is { } known ? stages.GetValueOrDefault(known) : null;

    /// <summary>A pipeline by its id.</summary>
    public Pipeline? Pipeline(Guid? id) => id is { } known ? pipelines.GetValueOrDefault(known) : null;

    /// <summary>The stages of a pipeline, in order, archived ones too.</summary>
    public IEnumerable<Stage> Stages(Guid? pipeline) => stages.Values.Where(s => s.PipelineId == pipeline && s.DeletedAt is null);

    /// <summary>Those that deals come into.</summary>
    public IEnumerable<Stage> OpenTo(Guid? pipeline) => Stages(pipeline).Where(s => !s.Archived);
}
