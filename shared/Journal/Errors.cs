using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Roles;

namespace CrmPlatform.Journal;

/// <summary>What is wrong, by field, as it is being found out.</summary>
public sealed class Errors
{
    private readonly Dictionary<string, List<(string Message, BrokenRule? Rule)>> found = [];

    /// <summary>How much is wrong.</summary>
    public int Count => found.Values.Sum(said => said.Count);

    /// <summary>Something is wrong with a field: the sentence, and the rule where it is one that programs may say in words of their own.</summary>
    public void Add(string field, string message, BrokenRule? rule = null)
    {
        if (!found.TryGetValue(field, out var said))
            found[field] = said = [];
        said.Add((message, rule));
    }

    /// <summary>Refuses with all of it.</summary>
    public void Throw() => Throw(found);

    /// <summary>The same for somebody who may not know of all fields: what is wrong with the others is not told.</summary>
    internal void Throw(Sight sight)
    {
        if (found.Count == 0 || sight.IsWhole)
            Throw();
        else if (found.Where(e => sight.Knows(Field(e.Key))).ToDictionary() is { Count: > 0 } told)
            Throw(told);
        else
            throw new Refusal(403, Refusal.Denied, "Your roles hide fields that would have to be filled in.");
    }

    private static void Throw(Dictionary<string, List<(string Message, BrokenRule? Rule)>> wrong)
    {
        if (wrong.Count > 0)
            throw Refusal.Invalid(
                wrong.ToDictionary(e => e.Key, e => e.Value.Select(said => said.Message).ToArray()),
                wrong.Where(e => e.Value.Any(said => said.Rule is not null))
                    .ToDictionary(e => e.Key, e => e.Value.Select(said => said.Rule).ToArray()));
    }

    // emails[1].address → emails
    private static string Field(string path) => RecordType.IsOwn(path, out _) ? path : path.Split('[', '.')[0];
}
