using System.ComponentModel.DataAnnotations;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Identity.People;

/// <summary>Where somebody stands with the company.</summary>
public enum UserStatus
{
    /// <summary>They were asked to come, and have not answered.</summary>
    Invited,

    /// <summary>They work with the platform.</summary>
    Active,

    /// <summary>They cannot log in any more.</summary>
    Deactivated,
}

/// <summary>A person who works with the platform for this company. How they show who they are is no part of it.</summary>
[Table("person")]
public sealed record User : Record
{
    /// <summary>The address they log in with and get mail at.</summary>
    [Required, Email, StringLength(254), Searched]
    public string Email { get; init; } = "";

    /// <summary>What they are called.</summary>
    [Required, StringLength(200), Searched(2)]
    public string Name { get; init; } = "";

    /// <summary>What they do.</summary>
    [StringLength(200), Searched]
    public string? JobTitle { get; init; }

    /// <summary>Their language and forms, where they are not the company's.</summary>
    [Locale]
    public string? Locale { get; init; }

    /// <summary>Where their days begin, where it is not where the company's do.</summary>
    [ZoneName]
    public string? TimeZone { get; init; }

    /// <summary>When they work, where it is not when the company does.</summary>
    [MaxItems(14)]
    public IReadOnlyList<WorkingTime> WorkingHours { get; init; } = [];

    /// <summary>What they may do, by the names of roles; the widest of them counts.</summary>
    [MaxItems(50), ItemLength(60)]
    public string[] Roles { get; init; } = [];

    /// <summary>The ids of the teams they belong to; the first is their main team.</summary>
    [MaxItems(100), ItemLength(36)]
    public string[] Teams { get; init; } = [];

    /// <summary>Invited, active or deactivated.</summary>
    [SetBySlices]
    public UserStatus Status { get; init; }

    /// <summary>The first day they are away.</summary>
    public DateOnly? AbsentFrom { get; init; }

    /// <summary>The last day they are away.</summary>
    public DateOnly? AbsentUntil { get; init; }
}
