using System.Text.Json;
using CrmPlatform.Access.Roles;
using CrmPlatform.Contracts;
using CrmPlatform.Contracts.Pipeline;
using CrmPlatform.Journal;
using CrmPlatform.Pipeline.Pipelines;
using CrmPlatform.Records.Transitions;

namespace CrmPlatform.Pipeline.Deals;

/// <summary>What is said with a move.</summary>
/// <param name="From">The stage the mover saw the deal in; whoever was slower is told where it is now.</param>
/// <param name="Fields">Fields to set with it: what the stage asks for and the deal lacks.</param>
/// <param name="Done">What of the checklist is done, beside what is known already.</param>
/// <param name="Override">Why it is moved though the pipeline does not foresee it, or the checklist is not done.</param>
internal sealed record MoveTerms(
    Guid? From = null, Dictionary<string, JsonElement>? Fields = null, IReadOnlyList<string>? Done = null, string? Override = null)
{
    /// <summary>What has to be allowed to override, as a rule.</summary>
    public static Override Usual { get; } = new("overrideDealMove", "Move a deal where its pipeline does not lead, or before all is done, and say why.");

    /// <summary>What has to be allowed to override; nothing more where the slice itself is for what is not foreseen.</summary>
    public Override? Permission { get; init; } = Usual;
}

/// <summary>
/// Takes a deal from one stage to another: the one way there is, whatever it means. Under the lock of its row: is it still where the mover saw it, is the
/// move foreseen for them, is everything there that the stage asks for.
/// </summary>
internal static class Moving
{
    /// <summary>Moves a locked deal, with a fact to tell: won, lost, reopened, or moved.</summary>
    public static async Task<Deal> To(Session session, Deal deal, Stage target, MoveTerms terms)
    {
        var book = await PipelineBook.Of(session);
        var from = book.Stage(deal.StageId) ?? throw Refusal.NotFound("stage", deal.StageId ?? Guid.Empty);
        if (terms.From is { } seen && seen != deal.StageId)
            throw MovedMeanwhile(deal, from);
        if (target.Archived || target.DeletedAt is not null || book.Pipeline(target.PipelineId) is null or { Archived: true } or { DeletedAt: not null })
            throw Refusal.Invalid("stageId", $"No deal comes to {target.Name} any more.", BrokenRule.Retired);

        var overridden = await StageMatrix.Of(book, from, target.PipelineId!.Value)
            .Demand(session, StageMatrix.Step(book, deal, from, target), terms.Override, terms.Permission);
        if (terms.Fields is { Count: > 0 } fields)
            deal = await session.Edit(deal, fields);
        var (moved, undone) = (Arrived(session, deal, target), Undone(deal, from, target, terms.Done));
        if (undone.Count > 0 && terms.Override is not null)
        {
            await MayPassOver(session, terms);
            (undone, overridden) = ([], true);
        }
        await Readiness.Demand(session, moved, target, undone);
        return await session.Change(deal, moved, Fact(session, deal, moved, from, target, overridden ? terms.Override : null));
    }

    // What was to be done is passed over like the matrix: by who may, and with a reason.
    private static async Task MayPassOver(Session session, MoveTerms terms)
    {
        if (terms.Permission is { } permission)
            await session.Demand(permission);
        if (string.IsNullOrWhiteSpace(terms.Override))
            throw Refusal.Invalid("override", "Say why it goes on though not all is done.", BrokenRule.Required);
    }

    private static Deal Arrived(Session session, Deal deal, Stage target) => deal with
    {
        PipelineId = target.PipelineId,
        StageId = target.Id,
        PreviousStageId = deal.StageId,
        StageEnteredAt = session.Now,
        Status = target.Type,
        ClosedOn = target.Type == StageType.Open ? null : DateOnly.FromDateTime(session.Now.UtcDateTime),
        WinReason = target.Type == StageType.Won ? deal.WinReason : null,
        LossReason = target.Type == StageType.Lost ? deal.LossReason : null,
        Done = [],
        StalledAt = null,
        OverdueAt = target.Type == StageType.Open ? deal.OverdueAt : null,
    };

    // Who goes on has done what was to be done; who goes back or gives up need not.
    private static List<string> Undone(Deal deal, Stage from, Stage target, IReadOnlyList<string>? done)
    {
        var isOn = target.Type == StageType.Won || target.Type == StageType.Open && (target.PipelineId != from.PipelineId || target.Position > from.Position);
        return isOn ? [.. from.Checklist.Except(deal.Done).Except(done ?? [])] : [];
    }

    private static RecordEvent Fact(Session session, Deal before, Deal after, Stage from, Stage to, string? because)
    {
        var days = before.StageEnteredAt is { } entered ? (decimal)Math.Round((session.Now - entered).TotalDays, 2) : 0;
        return to.Type switch
        {
            StageType.Won => new DealWon { From = from.Id, To = to.Id, DaysInStage = days, Reason = after.WinReason!, Override = because },
            StageType.Lost => new DealLost { From = from.Id, To = to.Id, DaysInStage = days, Reason = after.LossReason!, Override = because },
            _ when from.Type != StageType.Open => new DealReopened { From = from.Id, To = to.Id, Reason = because },
            _ => new DealMoved { From = from.Id, To = to.Id, DaysInStage = days, Override = because },
        };
    }

    private static Refusal MovedMeanwhile(Deal deal, Stage now) =>
        new(409, "moved_meanwhile", $"Somebody was faster: the deal is in {now.Name} now.")
        {
            Facts = new Dictionary<string, object?>
            {
                ["current"] = new { deal.StageId, Stage = now.Name, deal.Status, deal.Version, deal.StageEnteredAt, MovedBy = deal.UpdatedBy?.Name },
            },
        };
}
