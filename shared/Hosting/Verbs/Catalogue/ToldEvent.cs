using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using CrmPlatform.Contracts;

namespace CrmPlatform.Hosting.Verbs.Catalogue;

/// <summary>An event as the catalogue shows it: read from its contract, the contract's documentation and the record it is about.</summary>
/// <param name="Type">Its name: <c>contacts.contact.created</c>.</param>
/// <param name="Contract">Its contract.</param>
internal sealed record ToldEvent(string Type, Type Contract)
{
    private static readonly XDocument Documentation = XDocument.Load(Path.ChangeExtension(typeof(RecordEvent).Assembly.Location, ".xml"));

    /// <summary>All events, by the record they are about.</summary>
    public static IEnumerable<IGrouping<string, ToldEvent>> ByRecord() =>
        from contract in typeof(RecordEvent).Assembly.GetTypes()
        let type = contract.GetCustomAttribute<EventAttribute>()?.Type
        where type is not null
        orderby type
        group new ToldEvent(type, contract) by type[..type.LastIndexOf('.')];

    public string Summary => Said($"T:{Contract.FullName}");

    /// <summary>What it says beside what every event says.</summary>
    public IEnumerable<PropertyInfo> Facts => Contract.GetProperties().Where(p => p.DeclaringType == Contract && p.Name != "EqualityContract");

    public string Meaning(PropertyInfo fact) => Said($"P:{Contract.FullName}.{fact.Name}");

    /// <summary>A believable one.</summary>
    public JsonObject Example(IReadOnlyList<EventFields> fields)
    {
        var fact = Type[(Type.LastIndexOf('.') + 1)..];
        var created = fact == "created";
        var example = new JsonObject { ["id"] = EventFields.SomeId, ["version"] = created ? 1 : 4 };
        foreach (var own in Facts)
            example[EventFields.Camel(own.Name)] = EventFields.Example(own.PropertyType, after: true);
        if (fact is "deleted" or "restored")
            example["trashed"] = fact == "deleted";
        else
            example["changes"] = new JsonObject(fields.Take(created ? 3 : 1).Select(field => KeyValuePair.Create(field.Name, (JsonNode?)new JsonObject
            {
                ["old"] = created ? null : field.Example(after: false),
                ["new"] = field.Example(after: true),
            })));
        return example;
    }

    private static string Said(string member) =>
        Documentation.Descendants("member").FirstOrDefault(m => m.Attribute("name")?.Value == member)?.Element("summary")?.Value.Trim() ?? "—";
}
