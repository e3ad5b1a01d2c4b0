using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace CrmPlatform.Tidy.Tests;

/// <summary>A YAML document as maps, lists and texts, anchors and merges resolved. What is not there is empty.</summary>
internal sealed class Yaml(object? node)
{
    public static IReadOnlyList<Yaml> Documents(string path)
    {
        var parser = new Parser(new StringReader(Tree.Text(path)));
        var merging = new MergingParser(parser);
        var reader = new DeserializerBuilder().Build();
        var documents = new List<Yaml>();
        merging.Consume<YamlDotNet.Core.Events.StreamStart>();
        while (merging.Accept<YamlDotNet.Core.Events.DocumentStart>(out _))
            documents.Add(new Yaml(reader.Deserialize(merging)));
        return documents;
    }

    public Yaml this[string key] => new(node is Dictionary<object, object?> map ? map.GetValueOrDefault(key) : null);

    public Yaml this[int index] => new(node is List<object?> list && index < list.Count ? list[index] : null);

    public bool Exists => node is not null;

    public string Text => node as string ?? "";

    public IEnumerable<string> Keys => node is Dictionary<object, object?> map ? map.Keys.Cast<string>() : [];

    public IEnumerable<Yaml> Items => node is List<object?> list ? list.Select(item => new Yaml(item)) : [];

    public override string ToString() => node switch
    {
        Dictionary<object, object?> map => string.Join(' ', map.Values.Select(v => new Yaml(v).ToString())),
        List<object?> list => string.Join(' ', list.Select(v => new Yaml(v).ToString())),
        _ => Text,
    };
}
