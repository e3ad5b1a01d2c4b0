using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrmPlatform.Graph.Language;
using CrmPlatform.Graph.Schema;
using CrmPlatform.Graph.Schema.Execution;
using CrmPlatform.Graph.Schema.Validation;

namespace CrmPlatform.Graph.Tests.Language;

/// <summary>A document to answer.</summary>
internal sealed record Asked(string Text, JsonElement? Variables = null, string? Operation = null);

/// <summary>What became of it: whether it could be read, what is wrong with it by place, its data, what failed by path.</summary>
internal sealed record Told(bool Read, IReadOnlyList<string> Errors, JsonNode? Data, IReadOnlyList<string> Failed);

/// <summary>A graph of animals, whose data are partly not what its types promise.</summary>
internal static class Kennel
{
    public static readonly string Sdl = File.ReadAllText(At("kennel.graphql"));
    public static readonly JsonElement Data = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(At("kennel.json")));
    public static readonly TypeSystem Types = Read();

    public static string At(string file) => Path.Combine(AppContext.BaseDirectory, "Language", file);

    /// <summary>The documents of a file, each after a line of signs; <c>#:</c> begins the variables of one.</summary>
    public static List<Asked> In(string file) =>
    [
        .. File.ReadAllText(At(file)).Split("\n####").Select(part => part[(part.IndexOf('\n', StringComparison.Ordinal) + 1)..]).Select(part =>
            part.Split("\n#: ") is [var text, var variables] ? new Asked(text, JsonSerializer.Deserialize<JsonElement>(variables)) : new Asked(part)),
    ];

    public static async Task<Told> Answer(Asked asked)
    {
        Document document;
        try
        {
            document = Parser.Read(asked.Text);
        }
        catch (GraphException e)
        {
            return new(false, [Places(e.Error)], null, []);
        }
        var errors = Validator.Check(Types, document);
        if (errors.Count > 0)
            return new(true, [.. errors.Select(Places)], null, []);
        var (data, failed) = await Execute(document, asked);
        return new(true, [], data, [.. failed.Select(e => $"{(e.Path is null ? "" : string.Join('/', e.Path))} {Places(e)}")]);
    }

    private static async Task<(JsonNode? Data, IReadOnlyList<GraphError> Errors)> Execute(Document document, Asked asked)
    {
        var operations = document.Definitions.OfType<Operation>().Where(o => asked.Operation is null || o.Name?.Text == asked.Operation).ToList();
        if (operations.Count != 1)
            return (null, [new("Which operation?", Codes.BadInput)]);
        var (variables, wrong) = Inputs.Variables(Types, document, operations[0], asked.Variables ?? default);
        if (wrong.Count > 0)
            return (null, wrong);
        var run = new Run(Types, document, operations[0], variables, Fetch, e => throw new InvalidOperationException("It went wrong.", e), default);
        var (data, errors) = await Executor.Execute(run, Data);
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
            AnswerWriter.Write(writer, data);
        return (JsonNode.Parse(text.WrittenSpan), errors);
    }

    // Every other field is fetched, so that levels are mixed.
    private static TypeSystem Read()
    {
        var types = new SchemaReader(Parser.Read(Sdl), (_, field) => field.Length % 2 == 0 ? Property : null).Read();
        foreach (var many in types.Types.Values.OfType<AbstractType>())
            many.TypeOf = value => ((JsonElement)value).TryGetProperty("__typename", out var name) ? name.GetString() : null;
        return types;
    }

    private static Task Fetch(IReadOnlyList<Fetch> level, CancellationToken cancel)
    {
        foreach (var fetch in level)
            for (var i = 0; i < fetch.Sources.Count; i++)
                try
                {
                    fetch.Values[i] = Property(fetch.Sources[i], fetch.Call);
                }
                catch (GraphException e)
                {
                    fetch.Values[i] = e.Error;
                }
        return Task.CompletedTask;
    }

    private static object? Property(object source, Call call) => call.Field.Name == "echo"
        ? JsonSerializer.Serialize(call.Arguments, Relaxed)
        : !((JsonElement)source).TryGetProperty(call.Field.Name, out var value) ? null
        : value.ValueKind == JsonValueKind.Object && value.TryGetProperty("$error", out var error)
            ? throw new GraphException(new(error.GetString()!, "planted")) : value;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Places(GraphError error) => string.Join(' ', error.Locations.Select(l => $"{l.Line}:{l.Column}"));
}
