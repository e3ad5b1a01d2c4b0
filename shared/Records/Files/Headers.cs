using CrmPlatform.Access.Roles;
using CrmPlatform.Journal.Records;
using CrmPlatform.Journal.Roles;

namespace CrmPlatform.Records.Files;

/// <summary>Which field a column of a file means: by name, by label, by what other programs call it.</summary>
internal static class Headers
{
    private static readonly Dictionary<string, string[]> OtherNames = new()
    {
        ["firstname"] = ["givenname", "forename", "vorname", "prenom"],
        ["lastname"] = ["surname", "familyname", "nachname", "nom"],
        ["name"] = ["company", "companyname", "account", "accountname", "organization", "organisation", "firma"],
        ["accountname"] = ["company", "companyname", "organization", "organisation", "firma", "employer"],
        ["email"] = ["mail", "emailaddress", "email1", "email1value"],
        ["phone"] = ["telephone", "phonenumber", "tel", "telefon", "mobile", "businessphone"],
        ["jobtitle"] = ["title", "position", "function"],
        ["website"] = ["url", "web", "homepage"],
        ["employees"] = ["numberofemployees", "headcount"],
        ["description"] = ["notes", "note", "comment", "comments"],
        ["postalcode"] = ["zip", "zipcode"],
        ["birthday"] = ["birthdate", "dateofbirth"],
        ["tags"] = ["labels", "keywords"],
    };

    /// <summary>A suggestion for each header, or null where none is at hand.</summary>
    public static Dictionary<string, string?> Suggest(IEnumerable<string> headers, RecordType type, Sight sight, IReadOnlyList<Column> columns)
    {
        var inputs = type.Inputs.Where(i => sight[i.Name] == FieldRight.Full).Select(i => new Column(i.Name, i.Label, i.Kind, _ => null, true));
        var fields = columns.Where(c => IsSettable(type, sight, c)).Concat(inputs).ToList();
        var suggested = new Dictionary<string, string?>();
        foreach (var header in headers.Distinct())
        {
            var found = header == RecordType.Custom ? RecordType.Custom : Find(fields, header)?.Name;
            suggested[header] = suggested.ContainsValue(found) ? null : found;
        }
        // What is computed from a list that is there as well says nothing more.
        foreach (var (header, name) in suggested.ToList())
            if (name is not null && type.Find(name) is { IsDerived: true } derived
                && suggested.Values.Any(v => v is not null && type.Find(v) is { } from && derived.DerivedFrom.Contains(from.Property.Name)))
                suggested[header] = null;
        // By its name or by its id, not both.
        foreach (var (header, name) in suggested.ToList())
            if (name is not null && name.EndsWith("Name", StringComparison.Ordinal) && suggested.ContainsValue($"{name[..^4]}Id"))
                suggested[header] = null;
        return suggested;
    }

    /// <summary>Whether an import can set it.</summary>
    public static bool IsSettable(RecordType type, Sight sight, Column column) => column.Name == "id" || sight[column.Name] == FieldRight.Full
        && (column.IsKept || type.Find(column.Name) is { IsDerived: true, IsSetBySlices: false });

    private static Column? Find(List<Column> fields, string header)
    {
        var bare = Bare(header);
        return fields.Find(f => f.Name == header)
            ?? fields.Find(f => Bare(f.Name) == bare || Bare(f.Label) == bare || Bare(f.Name.Replace("custom.", "", StringComparison.Ordinal)) == bare)
            ?? fields.Find(f => OtherNames.GetValueOrDefault(Bare(f.Name))?.Contains(bare) == true);
    }

    private static string Bare(string name) => string.Concat(name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));
}
