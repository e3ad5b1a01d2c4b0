using System.ComponentModel.DataAnnotations;
using CrmPlatform.Access.Roles;
using CrmPlatform.Identity.People;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Identity.Companies;

/// <summary>A company that works with the platform: there is one in each tenant, and its id is the tenant's.</summary>
public sealed record Company : Record
{
    /// <summary>What it is called.</summary>
    [Required, StringLength(200), Searched]
    public string Name { get; init; } = "";

    /// <summary>What it has signed up for, which decides how many people it can bring and how much its programs may ask.</summary>
    [SetBySlices, StringLength(40)]
    public string Plan { get; init; } = Plans.Usual;

    /// <summary>The language and forms its people are used to: <c>de-CH</c>.</summary>
    [Required, Locale]
    public string Locale { get; init; } = "en";

    /// <summary>Where its days begin.</summary>
    [Required, ZoneName]
    public string TimeZone { get; init; } = "UTC";

    /// <summary>What it reckons in.</summary>
    [Required, RegularExpression("[A-Z]{3}", ErrorMessage = "A currency looks like EUR.")]
    public string Currency { get; init; } = "EUR";

    /// <summary>When it works.</summary>
    [MaxItems(14)]
    public IReadOnlyList<WorkingTime> WorkingHours { get; init; } = WorkingTime.Usual;

    /// <summary>There is one, made by signing up; those who look after people look after it.</summary>
    public static async ValueTask<Company> Rule(Session session, Company? before, Company after)
    {
        if (before is null && after.Id != session.Cause.Tenant)
            throw new Refusal(403, Refusal.Denied, "A company is made by signing up.");
        if (after.DeletedAt is not null)
            throw new Refusal(403, Refusal.Denied, "A company is not put into the trash.");
        await session.Demand(Privilege.People);
        return after with { WorkingHours = WorkingTime.Checked(after.WorkingHours) };
    }
}
