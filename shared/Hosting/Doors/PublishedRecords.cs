using System.Text.Json.Nodes;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Hosting.Doors;

/// <summary>
/// Which records a service keeps, where their doors are and what they refer to: a member of its OpenAPI document, for the edge and for whoever generates
/// programs.
/// </summary>
internal static class PublishedRecords
{
    /// <summary>The member's name.</summary>
    public const string Member = "x-records";

    private static readonly string[] Everywhere = ["user", "team"];

    public static JsonArray Of(Service service)
    {
        var own = service.Contents.Records.Select(r => r.Type.Name).ToHashSet();
        return
        [
            .. service.Contents.Records.Select(kept => new JsonObject
            {
                ["record"] = $"{service.Name}.{kept.Type.Name}",
                ["plural"] = kept.Plural,
                ["refers"] = new JsonObject(kept.Type.Fields.Where(f => f.Refers is not null)
                    .Select(f => KeyValuePair.Create(f.Name, (JsonNode?)Whole(f.Refers!, service.Name, own)))),
            }),
        ];
    }

    // What every record has refers to people and teams, wherever it is kept.
    private static string Whole(string record, string service, HashSet<string> own) => record.Contains('.', StringComparison.Ordinal) ? record
        : !own.Contains(record) && Everywhere.Contains(record) ? $"identity.{record}" : $"{service}.{record}";
}
