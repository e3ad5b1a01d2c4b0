using CrmPlatform.Journal;
using CrmPlatform.Pipeline.Pipelines;

namespace CrmPlatform.Pipeline.Deals;

/// <summary>Where a deal has been, from when to when, and who brought it there.</summary>
public static class ReadStays
{
    /// <summary>A deal's stay in a stage.</summary>
    /// <param name="StageId">The stage.</param>
    /// <param name="Stage">What it is called.</param>
    /// <param name="FromStageId">Where it came from.</param>
    /// <param name="EnteredAt">When it came.</param>
    /// <param name="LeftAt">When it went on; it is there where this is empty.</param>
    /// <param name="Days">How many days it was there, or is by now.</param>
    /// <param name="MovedBy">Who brought it there.</param>
    /// <param name="Version">The deal's version when it came.</param>
    public sealed record Stay(
        Guid StageId, string? Stage, Guid? FromStageId, DateTimeOffset EnteredAt, DateTimeOffset? LeftAt, decimal Days, string? MovedBy, int Version);

    private sealed record Row(Guid StageId, Guid? FromStageId, DateTimeOffset EnteredAt, DateTimeOffset? LeftAt, string? MovedBy, int Version);

    /// <summary>A deal's stages in the order it was in them, with the time in each.</summary>
    public static async Task<IReadOnlyList<Stay>> Handle(Guid id, Session session)
    {
        if (await session.Find<Deal>(id) is null)
            throw Refusal.NotFound("deal", id);
        var book = await PipelineBook.Of(session);
        var rows = await session.Query<Row>(
            """
            select stage_id as "StageId", from_stage_id as "FromStageId", entered_at as "EnteredAt", left_at as "LeftAt",
                moved_by ->> 'name' as "MovedBy", version as "Version"
            from deal_stay where tenant = @tenant and deal_id = @id order by version
            """,
            new { id });
        return [.. rows.Select(r => new Stay(
            r.StageId, book.Stage(r.StageId)?.Name, r.FromStageId, r.EnteredAt, r.LeftAt,
            Math.Round((decimal)((r.LeftAt ?? session.Now) - r.EnteredAt).TotalDays, 2), r.MovedBy, r.Version))];
    }
}
