using System.Text.Json.Nodes;
using CrmPlatform.Journal;

namespace CrmPlatform.Hosting.Operations;

/// <summary>What services are asked alike.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">With what stands after the question mark.</param>
internal sealed record Inquiry(string Method, string Path)
{
    /// <summary>JSON, or nothing.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>What only the platform says to its services, and the caller's key.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];
}

/// <summary>What one service said: its status and its JSON, and whether it said so before.</summary>
internal sealed record Said(string Service, int Status, JsonObject Body, bool Replayed = false);

/// <summary>Asks services as one: an answer of some of them would be a wrong answer.</summary>
/// <param name="one">Asks one of them; throws where it is away.</param>
internal sealed class Everywhere(Func<string, Inquiry, Task<Said>> one)
{
    /// <summary>What each of them says; those that know nothing of it are left out. Refused when one is away or refuses the caller.</summary>
    public async Task<List<Said>> Ask(IEnumerable<string> services, Inquiry inquiry)
    {
        var all = await Task.WhenAll(services.Select(service => one(service, inquiry)));
        if (Array.Find(all, s => s.Status is not (200 or 404 or 409)) is { } refused)
            throw new Refusal(refused.Status, Text(refused, "code"), Text(refused, "detail"));
        return [.. all.Where(s => s.Status != 404)];
    }

    private static string Text(Said said, string member) => said.Body[member]?.GetValue<string>() ?? "refused";
}
