using CrmPlatform.Contracts.Pipeline;
using CrmPlatform.Journal;
using CrmPlatform.Pipeline.Pipelines;
using CrmPlatform.Records.Deadlines;

namespace CrmPlatform.Pipeline.Deals;

/// <summary>
/// Tells of deals that stay in a stage longer than it allows, and of those whose day is past: once for each stay and each day, and a deal says since when.
/// </summary>
internal static class Warnings
{
    /// <summary>A deal has been in its stage for too long.</summary>
    public static Deadline<Deal> Stalls { get; } = new("stalled", nameof(Deal.StallsAt), async (session, deal) =>
    {
        var stage = (await PipelineBook.Of(session)).Stage(deal.StageId);
        await session.Change(
            deal, deal with { StalledAt = session.Now }, new DealStalled { Stage = deal.StageId!.Value, MaxAgeDays = stage?.MaxAgeDays ?? 0 });
    });

    /// <summary>The day a deal was to close is past.</summary>
    public static Deadline<Deal> Lapses { get; } = new("overdue", nameof(Deal.LapsesAt), async (session, deal) =>
        await session.Change(deal, deal with { OverdueAt = session.Now }, new DealOverdue { ExpectedCloseOn = deal.ExpectedCloseOn!.Value }));

    /// <summary>The deal with the times at which it is to be told of; without those that are past. Days end where they do in UTC.</summary>
    public static Deal Timed(Deal deal, Stage? stage) => deal.Status != StageType.Open
        ? deal with { StallsAt = null, LapsesAt = null }
        : deal with
        {
            StallsAt = deal.StalledAt is null && stage?.MaxAgeDays is { } days ? deal.StageEnteredAt?.AddDays(days) : null,
            LapsesAt = deal.OverdueAt is null && deal.ExpectedCloseOn is { } day
                ? new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null,
        };
}
