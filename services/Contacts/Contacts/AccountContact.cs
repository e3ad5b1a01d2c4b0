using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Contacts.Contacts;

/// <summary>
/// A person's part in a company beside the one the person works for now: on its board, its adviser, or employed there once. The main one is the
/// contact's own <c>accountId</c>; one beside it for the same company says since when.
/// </summary>
public sealed record AccountContact : Record
{
    /// <summary>The person.</summary>
    [Required, Refers("contact")]
    public Guid? ContactId { get; init; }

    /// <summary>The company.</summary>
    [Required, Refers("account")]
    public Guid? AccountId { get; init; }

    /// <summary>What the person is there: <c>board member</c>, <c>adviser</c>.</summary>
    [StringLength(100)]
    public string? Role { get; init; }

    /// <summary>The person's title there.</summary>
    [StringLength(200)]
    public string? JobTitle { get; init; }

    /// <summary>The part the person plays when that company buys.</summary>
    public BuyingRole? BuyingRole { get; init; }

    /// <summary>The first day.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day; without one it goes on.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Nothing ends before it begins.</summary>
    public static ValueTask<AccountContact> Rule(Session session, AccountContact? before, AccountContact after) =>
        after.To < after.From ? throw Refusal.Invalid("to", "The last day comes before the first.") : new(after);
}
