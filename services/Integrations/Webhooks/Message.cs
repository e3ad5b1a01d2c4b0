using System.Text;

namespace CrmPlatform.Integrations.Webhooks;

/// <summary>
/// What people are told: a text with names in braces, <c>{actor} won {name}</c>. A brace that is meant itself is doubled. A name is one of the words, a field,
/// a field as it was before (<c>{was.stageId}</c>) or a fact of the event.
/// </summary>
internal sealed record Message(IReadOnlyList<(string Text, bool IsName)> Parts)
{
    private const string Was = "was.";

    /// <summary>What is said where nothing else was asked for.</summary>
    public static readonly Message Usual = Parse("{actor}: {what} {title}");

    /// <summary>Names that every event knows: who, what in words, which record in words, its type and id, the event's name, when.</summary>
    public static readonly IReadOnlyList<string> Words = ["actor", "what", "title", "record", "id", "event", "at"];

    /// <summary>All names.</summary>
    public IEnumerable<string> Names => Parts.Where(part => part.IsName).Select(part => part.Text).Distinct();

    /// <summary>The field a name asks about.</summary>
    public static string FieldOf(string name) => WasAsked(name) ? name[Was.Length..] : name;

    /// <summary>Whether a name asks for the value before.</summary>
    public static bool WasAsked(string name) => name.StartsWith(Was, StringComparison.Ordinal);

    /// <summary>Reads a text; a brace that nobody closes is a brace.</summary>
    public static Message Parse(string text)
    {
        var (parts, plain) = (new List<(string, bool)>(), new StringBuilder());
        for (var i = 0; i < text.Length; i++)
        {
            var (brace, end) = (text[i], text[i] == '{' ? text.IndexOf('}', i) : -1);
            if (brace is '{' or '}' && i + 1 < text.Length && text[i + 1] == brace)
                i++;
            else if (end > i + 1)
            {
                parts.Add((plain.ToString(), false));
                parts.Add((text[(i + 1)..end].Trim(), true));
                plain.Clear();
                i = end;
                continue;
            }
            plain.Append(brace);
        }
        parts.Add((plain.ToString(), false));
        return new(parts);
    }
}
