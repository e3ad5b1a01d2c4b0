using System.ComponentModel.DataAnnotations;
using CrmPlatform.Hosting;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Bench.Foundation;

/// <summary>
/// The smallest service: one record with the fields of the ceiling's table, and nothing of its own. What it costs is what the platform costs.
/// </summary>
internal sealed class PlainService : Service
{
    public override string Name => "plain";

    public override int PortOffset => 8;

    protected override void Declare(Contents it) => it.Keeps<Person>("people");
}

/// <summary>Somebody.</summary>
public sealed record Person : Record
{
    /// <summary>First name.</summary>
    [StringLength(100)]
    public string? FirstName { get; init; }

    /// <summary>Last name.</summary>
    [Required, StringLength(100)]
    public string LastName { get; init; } = "";

    /// <summary>E-mail address.</summary>
    [Email, StringLength(254)]
    public string? Email { get; init; }

    /// <summary>Phone number.</summary>
    [PhoneNumber]
    public string? Phone { get; init; }

    /// <summary>What the person does.</summary>
    [StringLength(100)]
    public string? JobTitle { get; init; }

    /// <summary>Where.</summary>
    public Guid? AccountId { get; init; }
}
