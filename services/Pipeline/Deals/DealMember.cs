using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Pipeline.Deals;

/// <summary>Somebody of ours who works on a deal beside its owner, and how much of it is theirs when quotas are reckoned.</summary>
public sealed record DealMember : Record, IPartOfDeal
{
    /// <summary>The deal.</summary>
    [Required, Refers("deal"), SetWhenEntered]
    public Guid? DealId { get; init; }

    /// <summary>Who.</summary>
    [Required, Refers("user")]
    public Guid? UserId { get; init; }

    /// <summary>As what: <c>presales</c>, <c>partner manager</c>.</summary>
    [StringLength(100)]
    public string? Role { get; init; }

    /// <summary>How much of the deal is theirs, in percent; the rest is its owner's.</summary>
    [Range(typeof(decimal), "0", "100", ParseLimitsInInvariantCulture = true)]
    public decimal Split { get; init; }

    /// <summary>There is not more than all of a deal to be shared.</summary>
    public static async ValueTask<DealMember> Rule(Session session, DealMember? before, DealMember after)
    {
        var deal = await PartsOfDeal.Deal(session, after.DealId);
        if (after.DeletedAt is null && (before is null || before.Split != after.Split || before.DeletedAt is not null))
        {
            var others = (await session.Query<decimal?>(
                "select sum(split) from deal_member where tenant = @tenant and deal_id = @deal and id <> @id and deleted_at is null",
                new { deal = after.DealId, after.Id }))[0] ?? 0;
            if (others + after.Split > 100)
                throw Refusal.Invalid("split", $"Others have {others:0.##} % of the deal: {100 - others:0.##} % are left.", BrokenRule.Range(0, 100 - others));
        }
        return PartsOfDeal.Of(before, after, deal);
    }
}
