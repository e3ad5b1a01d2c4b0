using System.ComponentModel.DataAnnotations;
using CrmPlatform.Hosting;
using CrmPlatform.Journal;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Access.Tests.Deprecation;

/// <summary>A service of which a field, a slice and a whole record type are going away.</summary>
internal sealed class GarageService : Service
{
    public override string Name => "garage";

    public override int PortOffset => 9;

    protected override void Declare(Contents it)
    {
        it.Keeps<Vehicle>("vehicles");
        it.Get("/vehicles/{id:guid}/looks", ReadLooks.Handle);
        it.Keeps<Carriage>("carriages");
    }
}

/// <summary>A car or truck.</summary>
public sealed record Vehicle : Record
{
    /// <summary>What its plate says.</summary>
    [Required, StringLength(20)]
    public string Plate { get; init; } = "";

    /// <summary>How it looks.</summary>
    [StringLength(20), Deprecated("2026-03-01", Sunset = "2027-03-01", Instead = "color")]
    public string? Colour { get; init; }

    /// <summary>How it looks.</summary>
    [StringLength(20)]
    public string? Color { get; init; }
}

/// <summary>What was there before.</summary>
[Deprecated("2025-01-01", Instead = "vehicles")]
public sealed record Carriage : Record
{
    /// <summary>How many draw it.</summary>
    public int? Horses { get; init; }
}

/// <summary>How a vehicle looks.</summary>
public static class ReadLooks
{
    /// <summary>A word for it.</summary>
    public sealed record Answer(string? Looks);

    /// <summary>How a vehicle looks.</summary>
    [Deprecated("2026-01-01", Sunset = "2026-12-31", Instead = "the field color")]
    public static async Task<Answer> Handle(Guid id, Session session) =>
        new((await session.Find<Vehicle>(id) ?? throw Refusal.NotFound("vehicle", id)).Color);
}
