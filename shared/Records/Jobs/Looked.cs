using CrmPlatform.Journal;
using CrmPlatform.Records.Files;

namespace CrmPlatform.Records.Jobs;

/// <summary>What is seen of a file before it is imported.</summary>
internal sealed record Looked(IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyDictionary<string, string?>> Sample)
{
    private const int InSample = 5;

    public static async Task<Looked> At(Func<Task<Stream>> open, Sniffed file)
    {
        var (headers, sample) = (new List<string>(), new List<Dictionary<string, string?>>());
        if (file.Format == "jsonl")
            await foreach (var row in ImportFiles.Rows(open, file))
            {
                var members = row.Json?.EnumerateObject().ToList() ?? [];
                headers.AddRange(members.Select(m => m.Name).Except(headers).ToList());
                if (sample.Count < InSample)
                    sample.Add(members.ToDictionary(m => m.Name, m => (string?)m.Value.ToString()));
            }
        else
            await foreach (var (cells, _) in ImportFiles.Table(await open(), file))
                if (headers.Count == 0)
                    headers.AddRange(cells.Select((cell, i) => cell ?? $"Column {i + 1}"));
                else if (sample.Count < InSample)
                    sample.Add(headers.Zip(cells).DistinctBy(p => p.First).ToDictionary(p => p.First, p => p.Second));
                else
                    break;
        return headers.Distinct().Count() == headers.Count && headers.Count > 0 ? new Looked(headers, sample)
            : throw Refusal.Invalid("file", headers.Count == 0 ? "The file has no columns." : "Two columns of the file have one name.");
    }
}
