using CrmPlatform.Journal;
using CrmPlatform.Pipeline.Currencies;

namespace CrmPlatform.Pipeline.Deals;

/// <summary>Why deals are won and lost: in the words the tenant has agreed on, where it has.</summary>
internal static class Reasons
{
    /// <summary>Refuses reasons that are not among those agreed on; one that stands there stays.</summary>
    public static async Task Check(Session session, Deal? before, Deal after)
    {
        var settings = await PipelineSettings.Of(session);
        Check("winReason", before?.WinReason, after.WinReason, settings.WinReasons);
        Check("lossReason", before?.LossReason, after.LossReason, settings.LossReasons);
    }

    private static void Check(string field, string? before, string? after, string[] agreed)
    {
        if (after is not null && after != before && agreed.Length > 0 && !agreed.Contains(after))
            throw Refusal.Invalid(field, $"A reason is one of {string.Join(", ", agreed)}.", BrokenRule.OneOf(agreed));
    }
}
