using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Pipeline.Deals;

/// <summary>A person on their side of a deal.</summary>
public sealed record DealContact : Record, IPartOfDeal
{
    /// <summary>The deal.</summary>
    [Required, Refers("deal"), SetWhenEntered]
    public Guid? DealId { get; init; }

    /// <summary>The person.</summary>
    [Required, Refers("contacts.contact")]
    public Guid? ContactId { get; init; }

    /// <summary>The part they play in buying.</summary>
    public BuyingRole? Role { get; init; }

    /// <summary>Whether it is with them first of all that we talk; the last that is marked is it.</summary>
    public bool Primary { get; init; }

    /// <summary>What there is to say about it.</summary>
    [StringLength(1000)]
    public string? Note { get; init; }

    /// <summary>Everybody is in a deal once, and one of them is the first.</summary>
    public static async ValueTask<DealContact> Rule(Session session, DealContact? before, DealContact after)
    {
        var deal = await PartsOfDeal.Deal(session, after.DealId);
        if (after is { Primary: true, DeletedAt: null } && before is null or { Primary: false } or { DeletedAt: not null })
            foreach (var other in await session.List<DealContact>(
                "deal_id = @deal and \"primary\" and deleted_at is null and id <> @id", new { deal = after.DealId, id = after.Id }, locks: true))
                await session.Change(other, other with { Primary = false });
        return PartsOfDeal.Of(before, after, deal);
    }
}

/// <summary>The part somebody plays when their company buys.</summary>
public enum BuyingRole
{
    /// <summary>Decides.</summary>
    DecisionMaker,

    /// <summary>Pays.</summary>
    EconomicBuyer,

    /// <summary>Speaks for us.</summary>
    Champion,

    /// <summary>Examines what is offered.</summary>
    Evaluator,

    /// <summary>Is listened to.</summary>
    Influencer,

    /// <summary>Will use it.</summary>
    User,

    /// <summary>Lets others through, or not.</summary>
    Gatekeeper,

    /// <summary>Is against it.</summary>
    Blocker,
}
