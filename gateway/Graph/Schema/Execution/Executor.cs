using System.Collections;
using System.Text.Json;
using CrmPlatform.Graph.Language;

namespace CrmPlatform.Graph.Schema.Execution;

/// <summary>
/// Answers an operation level by level. A field that reads is answered on the spot; fields that are fetched wait until everything above them is
/// there, and are then fetched together, each once for all objects it is asked of. What comes back is a level deeper.
/// </summary>
public sealed class Executor
{
    private readonly Run run;
    private readonly List<GraphError> errors = [];
    private List<Waiting> level = [];
    private bool broken;

    private Executor(Run run) => this.run = run;

    /// <summary>The answer: its data (null where nothing is left of them), and what went wrong.</summary>
    public static async Task<(Answered? Data, IReadOnlyList<GraphError> Errors)> Execute(Run run, object root)
    {
        var executor = new Executor(run);
        try
        {
            var data = await executor.Data(root);
            return (executor.broken && !Nulls.Settle(data) ? null : data, executor.errors);
        }
        catch (GraphException e)
        {
            return (null, [e.Error]); // a directive of the outermost fields that cannot be understood
        }
    }

    private async Task<Answered> Data(object root)
    {
        var type = run.Types.Root(run.Operation.Kind)
            ?? throw new GraphException(new($"There is no {run.Operation.Kind.ToString().ToLowerInvariant()} here.", Codes.Validation));
        var fields = run.Outermost(type);
        var data = new Answered(root, null) { Fields = fields, Values = new object?[fields.Count] };
        for (var i = 0; i < fields.Count; i++)
        {
            Ask(type, [data], i);
            if (run.Operation.Kind == OperationKind.Mutation)
                await Levels(); // one change after the other
        }
        await Levels();
        return data;
    }

    private async Task Levels()
    {
        while (level.Count > 0)
        {
            run.Cancel.ThrowIfCancellationRequested();
            var (now, fetches) = (level, level.ConvertAll(w => w.Fetch));
            level = [];
            await run.Fetching(fetches, run.Cancel);
            foreach (var waiting in now)
                Complete(waiting.Fetch.Call, waiting.On, waiting.Field, waiting.Fetch.Values);
        }
    }

    private void Expand(ObjectType type, IReadOnlyList<FieldNode> nodes, List<Answered> objects)
    {
        IReadOnlyList<Selected> fields;
        try
        {
            fields = run.Below(type, nodes);
        }
        catch (GraphException e)
        {
            errors.Add(e.Error);
            fields = [];
        }
        foreach (var one in objects)
            (one.Fields, one.Values) = (fields, new object?[fields.Count]);
        for (var i = 0; i < fields.Count; i++)
            Ask(type, objects, i);
    }

    private void Ask(ObjectType type, List<Answered> objects, int field)
    {
        var selected = objects[0].Fields[field];
        Call call;
        try
        {
            call = new(run, type, selected, Inputs.Arguments(
                selected.Field.Arguments, selected.Nodes[0].Arguments, selected.Nodes[0], run.Variables, run.Document));
        }
        catch (GraphException e)
        {
            foreach (var one in objects)
            {
                errors.Add(e.Error with { Path = one.Path(field, null) });
                broken |= selected.Field.Type is NonNullType;
            }
            return;
        }
        if (selected.Field.Read is { } read)
            Complete(call, objects, field, [.. objects.Select(o => Read(read, o.Source, call))]);
        else
            level.Add(new(new(call, objects.ConvertAll(o => o.Source)), objects, field));
    }

    private object? Read(Reading read, object source, Call call)
    {
        try
        {
            return read(source, call);
        }
        catch (GraphException e)
        {
            return e.Error;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            run.Failed(e);
            return Unknown;
        }
    }

    private void Complete(Call call, List<Answered> objects, int field, object?[] values)
    {
        var groups = new OrderedDictionary<ObjectType, List<Answered>>();
        var completion = new Completion(this, call, groups);
        for (var i = 0; i < objects.Count; i++)
            objects[i].Values[field] = completion.Of(call.Field.Type, values[i], objects[i], field, null);
        foreach (var (type, found) in groups)
            Expand(type, call.Selected.Nodes, found);
    }

    private static readonly GraphError Unknown = new("Something went wrong here.", Codes.Internal);

    private sealed record Waiting(Fetch Fetch, List<Answered> On, int Field);

    /// <summary>Turns what was read or fetched into what the field's type promises.</summary>
    private sealed class Completion(Executor executor, Call call, OrderedDictionary<ObjectType, List<Answered>> groups)
    {
        // A value that failed is null like one that is not there; that it must not be is settled at the end.
        public object? Of(GraphType type, object? value, Answered on, int field, Indexes? at)
        {
            if (value is JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined })
                value = null;
            if (value is GraphError error)
            {
                Wrong(error, on, field, at);
                executor.broken |= type is NonNullType;
                return null;
            }
            if (value is null)
            {
                if (type is NonNullType)
                    Wrong(new($"Cannot return null for non-nullable field {call.On}.{call.Field.Name}.", Codes.Internal), on, field, at);
                executor.broken |= type is NonNullType;
                return null;
            }
            var made = Made(type.Nullable, value, on, field, at);
            executor.broken |= made is null && type is NonNullType;
            return made;
        }

        private object? Made(GraphType type, object value, Answered on, int field, Indexes? at)
        {
            switch (type)
            {
                case ListType list:
                    return Items(value) is { } items ? Items(list, items, on, field, at)
                        : Wrong(new($"Expected a list for field {call.On}.{call.Field.Name}.", Codes.Internal), on, field, at);
                case ScalarType scalar:
                    try
                    {
                        return scalar.Answer(value);
                    }
                    catch (FormatException e)
                    {
                        return Wrong(new(e.Message, Codes.Internal), on, field, at);
                    }
                case EnumType choice:
                    return NameIn(choice, value) ?? Wrong(new($"Enum \"{choice}\" cannot represent the value.", Codes.Internal), on, field, at);
                default:
                    var actual = type as ObjectType ?? call.Types.Find(((AbstractType)type).TypeOf(value) ?? "") as ObjectType;
                    if (actual is null || (type is AbstractType many && !call.Types.Possible(many).Contains(actual)))
                        return Wrong(new($"A value of \"{type}\" is of no type that it can be.", Codes.Internal), on, field, at);
                    var one = new Answered(value, new(on, field, at));
                    if (!groups.TryGetValue(actual, out var group))
                        groups.Add(actual, group = []);
                    group.Add(one);
                    return one;
            }
        }

        private object?[] Items(ListType list, IEnumerable items, Answered on, int field, Indexes? at)
        {
            var made = new List<object?>();
            foreach (var item in items)
                made.Add(Of(list.Of, item, on, field, new(at, made.Count)));
            return [.. made];
        }

        private static IEnumerable? Items(object value) => value switch
        {
            JsonElement json => json.ValueKind == JsonValueKind.Array ? json.EnumerateArray() : null,
            string => null,
            _ => value as IEnumerable,
        };

        private static string? NameIn(EnumType choice, object value)
        {
            if (value is JsonElement { ValueKind: JsonValueKind.String } json)
                value = json.GetString()!;
            if (value is string name && choice.Values.TryGetValue(name, out var known) && known.Value.Equals(name))
                return name;
            foreach (var one in choice.Values.Values)
                if (one.Value.Equals(value))
                    return one.Name;
            return null;
        }

        private object? Wrong(GraphError error, Answered on, int field, Indexes? at)
        {
            executor.errors.Add(error with
            {
                Path = on.Path(field, at),
                Locations = error.Locations.Count > 0 ? error.Locations : [.. call.Selected.Nodes.Select(executor.run.Document.Locate)],
            });
            return null;
        }
    }
}
