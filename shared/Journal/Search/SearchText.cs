using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using CrmPlatform.Journal.Records;

namespace CrmPlatform.Journal.Search;

/// <summary>
/// What of a record is searched, as one text: <c> ada lovelace ⏎ ada.lovelace@x.example 4930555 </c>. Its most important fields stand before
/// the line break.
/// </summary>
public sealed partial class SearchText
{
    /// <summary>Stands between what is most important and the rest.</summary>
    public const char Break = '\n';

    // A text can be long; what is searched of it is not.
    private const int Longest = 4000;

    private readonly Field[] main;
    private readonly Field[] rest;

    internal SearchText(RecordType type)
    {
        var searched = type.Fields.Where(f => f.SearchWeight > 0).ToArray();
        References = [.. searched.Where(f => f.Refers is not null)];
        var own = searched.Where(f => f.Refers is null).ToArray();
        var most = own.Select(f => f.SearchWeight).DefaultIfEmpty().Max();
        (main, rest) = ([.. own.Where(f => f.SearchWeight == most)], [.. own.Where(f => f.SearchWeight < most)]);
        Table = $"{type.Table}_search";
        IsKept = own.Length > 0;
        Declaration = $"1 {string.Join(' ', main.Select(f => f.Name))} | {string.Join(' ', rest.Select(f => f.Name))}"
            + (type.IsRecognised ? " | keys 1" : "");
    }

    /// <summary>Where the texts are kept.</summary>
    public string Table { get; }

    /// <summary>Whether anything of the record is searched.</summary>
    public bool IsKept { get; }

    /// <summary>References by whose record's text a record is found too.</summary>
    public IReadOnlyList<Field> References { get; }

    /// <summary>What the texts are made of; texts of another declaration are made again.</summary>
    internal string Declaration { get; }

    internal string Of(Record record) => Cut($" {Folded(main, record)} {Break} {Folded(rest, record)} ");

    /// <summary>The text of some of the fields.</summary>
    internal string Of(Record record, Func<Field, bool> some) =>
        Cut($" {Folded([.. main.Where(some)], record)} {Break} {Folded([.. rest.Where(some)], record)} ");

    /// <summary>The words of texts in which a slip of the finger can be found: letters only, four at least.</summary>
    internal static string[] Words(IEnumerable<string> texts) =>
        [.. texts.SelectMany(text => Word.Matches(text).Select(m => m.Value)).Where(w => !Folding.IsCharacter(w)).Distinct()];

    private static string Folded(Field[] fields, Record record)
    {
        var text = new StringBuilder();
        foreach (var field in fields)
            foreach (var value in Texts(field.Of(record)))
            {
                text.Append(Number.IsMatch(value) ? value[1..] : Folding.Fold(value)).Append(' ');
                // O'Neil is looked for as oneil as well, Jean-Luc as jeanluc.
                if (Inner.IsMatch(value))
                    text.Append(Folding.Fold(Inner.Replace(value, ""))).Append(' ');
            }
        return text.ToString().TrimEnd();
    }

    private static IEnumerable<string> Texts(object? value) => value switch
    {
        null => [],
        string text => [text],
        IEnumerable list => list.Cast<object?>().SelectMany(Texts),
        _ when value.GetType().IsPrimitive || value is Enum or decimal or Guid or DateOnly or DateTimeOffset => [],
        _ => Texts(Main(value.GetType()).GetValue(value)), // of an e-mail with its type: the address
    };

    private static PropertyInfo Main(Type type) => type.GetProperties().First(p => p.GetMethod is { IsStatic: false } && p.GetIndexParameters().Length == 0
        && p.Name != "EqualityContract");

    private static string Cut(string text) => text.Length <= Longest ? text
        : text[..Longest] + (text.IndexOf(Break, StringComparison.Ordinal) < Longest ? " " : $" {Break} ");

    [GeneratedRegex(@"^\+[1-9]\d{6,14}$", RegexOptions.CultureInvariant)]
    private static partial Regex Number { get; }

    [GeneratedRegex(@"(?<=\p{L})['’ʼ\-‐](?=\p{L})", RegexOptions.CultureInvariant)]
    private static partial Regex Inner { get; }

    [GeneratedRegex(@"(?<![\p{L}\p{N}])\p{L}{4,40}(?![\p{L}\p{N}])", RegexOptions.CultureInvariant)]
    private static partial Regex Word { get; }
}
