using System.Text.Json;
using CrmPlatform.Contracts;
using CrmPlatform.Graph.Plan;
using CrmPlatform.Journal.Intake;

namespace CrmPlatform.Graph.Subscriptions;

/// <summary>The record types that a field of the root is about, among all there are; arguments and what is asked for say the rest.</summary>
internal sealed record Watched(IReadOnlyList<Kept> Of, IReadOnlyList<Kept> All);

/// <summary>Something that happened to a record, as one caller is told of it.</summary>
/// <param name="Kind">What happened.</param>
internal sealed record Change(string Kind)
{
    public const string IsLive = "live", Created = "created", Updated = "updated", Restored = "restored", Merged = "merged", Deleted = "deleted", Gone = "gone";

    /// <summary>From here on every change is told.</summary>
    public static Change Live { get; } = new(IsLive);

    public Kept? Of { get; private init; }

    public string? Id { get; private init; }

    public int? Version { get; private init; }

    public string? Event { get; private init; }

    public string? At { get; private init; }

    public JsonElement? Actor { get; private init; }

    public string? Operation { get; private init; }

    public IReadOnlyList<string>? Fields { get; private init; }

    /// <summary>The record as it is now, with the columns asked for.</summary>
    public Row? Row { get; private init; }

    /// <summary>A record that the caller sees, or saw until it went to the trash: who did what, and which of the fields they see changed.</summary>
    public static Change Seen(IncomingEvent told, Kept of, Row? row)
    {
        var shown = of.Model.Fields.Where(f => !f.Masked).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        return new(row is null ? Deleted : Kinds(told))
        {
            Of = of,
            Id = $"{told.RecordId}",
            Version = told.Version,
            Event = told.Type,
            At = told.At.UtcDateTime.ToString("O"),
            Actor = shown.Contains("updatedBy") ? JsonSerializer.SerializeToElement(told.Actor, Changes.Json) : null,
            Operation = $"{told.Operation}",
            Fields = [.. told.Changes.Keys.Where(shown.Contains)],
            Row = row,
        };
    }

    /// <summary>A record that the caller, or their filter, saw and sees no longer: which one, and nothing else of it.</summary>
    public static Change Lost(IncomingEvent told, Kept of) => new(Gone) { Of = of, Id = $"{told.RecordId}" };

    private static string Kinds(IncomingEvent told) => told.Trashed is false ? Restored : told.Type[(told.Type.LastIndexOf('.') + 1)..] switch
    {
        "created" => Created,
        "merged" => Merged,
        _ => Updated,
    };
}
