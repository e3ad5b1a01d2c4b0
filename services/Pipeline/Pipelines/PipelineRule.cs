using CrmPlatform.Access.Roles;
using CrmPlatform.Journal;
using CrmPlatform.Pipeline.Forecasts;

namespace CrmPlatform.Pipeline.Pipelines;

/// <summary>Who shapes pipelines, and what holds of each.</summary>
public static class PipelineRule
{
    /// <summary>Moves lead between stages of the pipeline, one pipeline is the default, and one with deals is archived, never deleted.</summary>
    public static async ValueTask<Pipeline> Rule(Session session, Pipeline? before, Pipeline after)
    {
        await MayShape(session);
        if (before is null || !before.Moves.SequenceEqual(after.Moves))
            await CheckMoves(session, after);
        if (before is { DeletedAt: null } && after.DeletedAt is not null)
            await RefuseWithDeals(session, "pipeline_id", after.Id, "pipeline");
        var others = await session.List<Pipeline>(
            "is_default and deleted_at is null and id <> @id", new { id = after.Id }, locks: before?.IsDefault != after.IsDefault);
        if (before is null && others.Count == 0)
            after = after with { IsDefault = true };
        if (after is { IsDefault: true, DeletedAt: null })
            foreach (var other in others)
                await session.Change(other, other with { IsDefault = false });
        PipelineBook.Forget(session);
        return after with { ForecastsKeptAt = after.IsDefault ? after.ForecastsKeptAt ?? KeepForecasts.Next(session.Now) : null };
    }

    /// <summary>Refuses whoever does not shape the data model; what the platform itself makes for a tenant needs nobody's leave.</summary>
    internal static async ValueTask MayShape(Session session)
    {
        if (!session.Known.ContainsKey(EnterDefaultPipeline.Making))
            await session.Demand(Privilege.DataModel);
    }

    internal static async Task RefuseWithDeals(Session session, string column, Guid id, string what)
    {
        var some = await session.Query<int>($"select 1 from deal where tenant = @tenant and {column} = @id limit 1", new { id });
        if (some.Count > 0)
            throw new Refusal(409, "in_use", $"There are deals in this {what}: archive it instead.");
    }

    private static async Task CheckMoves(Session session, Pipeline pipeline)
    {
        var known = (await session.List<Stage>("pipeline_id = @id", new { id = pipeline.Id })).Select(s => s.Id).ToHashSet();
        var errors = new Dictionary<string, string[]>();
        for (var i = 0; i < pipeline.Moves.Count; i++)
            foreach (var (end, stage) in ((string, Guid?)[])[("from", pipeline.Moves[i].From), ("to", pipeline.Moves[i].To)])
                if (stage is { } id && !known.Contains(id))
                    errors[$"moves[{i}].{end}"] = [$"The pipeline has no stage {id}."];
        if (errors.Count > 0)
            throw Refusal.Invalid(errors);
    }
}
