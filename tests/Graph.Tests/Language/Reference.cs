using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmPlatform.Graph.Tests.Language;

/// <summary>The reference implementation, in a process of Node's.</summary>
internal static class Reference
{
    /// <summary>What it makes of documents; null where its own rules fail.</summary>
    public static async Task<List<Told?>> Answer(IReadOnlyList<Asked> documents)
    {
        var told = await Run(new { sdl = Kennel.Sdl, data = Kennel.Data, documents });
        return [.. told["documents"]!.AsArray().Select(Read)];
    }

    /// <summary>The schema it makes of how another describes itself, as text.</summary>
    public static async Task<string> Printed(JsonNode introspection) =>
        (await Run(new { sdl = Kennel.Sdl, data = Kennel.Data, documents = Array.Empty<Asked>(), introspection }))["printed"]!.GetValue<string>();

    /// <summary>What the audit of GraphQL over HTTP says of a graph; fails where it finds something.</summary>
    public static Task<string> Audit(string address, string token) => Strangers.Reference.Run("audit.mjs", address, token);

    private static Told? Read(JsonNode? one)
    {
        if (one!["odd"] is not null)
            return null;
        IReadOnlyList<string> failed =
        [
            .. (one["failed"] as JsonArray ?? []).Select(f => $"{string.Join('/', (f!["path"] as JsonArray ?? []).Select(p => p!.ToString()))} {f["places"]}"),
        ];
        return new(one["read"]!.GetValue<bool>(), [.. one["errors"]!.AsArray().Select(e => e!.GetValue<string>())], one["data"], failed);
    }

    private static async Task<JsonNode> Run(object asked)
    {
        var folder = await Strangers.Reference.Folder;
        var (question, answer) = (Path.Combine(folder, $"{Guid.CreateVersion7()}.asked"), Path.Combine(folder, $"{Guid.CreateVersion7()}.told"));
        await File.WriteAllTextAsync(question, JsonSerializer.Serialize(asked, JsonSerializerOptions.Web));
        await Strangers.Reference.Run("reference.mjs", question, answer);
        return JsonNode.Parse(await File.ReadAllTextAsync(answer))!;
    }
}
