using System.Collections.Concurrent;
using System.Reflection;
using System.Xml.Linq;

namespace CrmPlatform.Tidy.Tests;

/// <summary>What has a doc sentence, by the names the compiler gives: <c>T:Namespace.Type</c>, <c>P:Namespace.Type.Property</c>.</summary>
internal static class Documented
{
    private static readonly ConcurrentDictionary<Assembly, HashSet<string>> Known = new();

    public static HashSet<string> In(Assembly assembly) => Known.GetOrAdd(assembly, Read);

    private static HashSet<string> Read(Assembly assembly) =>
    [
        .. from member in XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
           where member.Element("inheritdoc") is not null || member.Element("summary")?.Value.Trim() is { Length: > 0 }
           select member.Attribute("name")!.Value,
    ];
}
