using System.Text.Json.Nodes;
using CrmPlatform.Graph.Language;

namespace CrmPlatform.Graph.Tests.Language;

/// <summary>Whether two made the same of a document; where not, a sentence that says so.</summary>
internal static class Comparison
{
    private const int MostErrors = 100;

    public static string? Of(Asked asked, Told ours, Told theirs)
    {
        if (ours.Read != theirs.Read)
            return Complaint("one can read it", asked, ours, theirs);
        if (ours.Errors.Count > MostErrors && theirs.Errors.Count > MostErrors)
            return null; // both have given up, each somewhere
        var definesTypes = ours.Read && Parser.Read(asked.Text).Definitions.Any(d => d is TypeDefinition);
        var same = definesTypes
            ? ours.Errors.Count > 0 && theirs.Errors.Count > 0 // definitions are refused as a whole; what else is in them is no question
            : ours.Errors.Order(StringComparer.Ordinal).SequenceEqual(theirs.Errors.Order(StringComparer.Ordinal));
        if (!same)
            return Complaint("different errors", asked, ours, theirs);
        if (ours.Errors.Count > 0)
            return null;
        if (!JsonNode.DeepEquals(ours.Data, theirs.Data))
            return Complaint("different data", asked, ours, theirs);
        return Lost(ours).SequenceEqual(Lost(theirs)) ? null : Complaint("different failures", asked, ours, theirs);
    }

    // Of several errors below a place that became null any may be told: what counts is which places did, and each error that stands at its own place.
    private static IEnumerable<string> Lost(Told told) => told.Failed.Select(failed =>
    {
        var (path, places) = (failed[..failed.IndexOf(' ', StringComparison.Ordinal)], failed[(failed.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        var (node, reached) = (told.Data, new List<string>());
        var steps = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (var step in steps)
        {
            if (node is null)
                break;
            reached.Add(step);
            node = node is JsonArray items ? items[int.Parse(step)] : node[step];
        }
        return reached.Count == steps.Length ? $"{path} {places}" : $"{string.Join('/', reached)} *";
    }).Distinct().Order(StringComparer.Ordinal);

    private static string Complaint(string what, Asked asked, Told ours, Told theirs) =>
        $"{what}:\n{asked.Text}\nvariables: {asked.Variables}\n ours:   {Words(ours)}\n theirs: {Words(theirs)}\n";

    private static string Words(Told told) => !told.Read ? $"unreadable at {told.Errors[0]}"
        : told.Errors.Count > 0 ? $"refused at {string.Join(", ", told.Errors.Order(StringComparer.Ordinal))}"
        : $"{told.Data?.ToJsonString()} failed at {string.Join(", ", told.Failed)}";
}
