using CrmPlatform.Graph.Language;

namespace CrmPlatform.Graph.Schema.Validation;

/// <content>Values that are written in a document, and where variables stand in them.</content>
public sealed partial class Validator
{
    // A place for a value: what it holds, what it stands in, whether something holds where nothing is given.
    private sealed record Slot(GraphType? Holds, GraphType? Within, bool HasDefault);

    // What is in a value that is wrong as a whole is not looked at, but for the names in it and its variables.
    private void Walk(ValueNode node, Slot slot, bool check)
    {
        switch (node)
        {
            case VariableNode variable:
                usages.Add((variable, slot));
                break;
            case ListNode many:
                var list = slot.Holds?.Nullable;
                var items = new Slot(list is ListType of ? of.Of : list, slot.Holds, HasDefault: false);
                if (check && list is not ListType)
                {
                    Check(node, items.Holds);
                    check = false;
                }
                foreach (var item in many.Items)
                    Walk(item, items, check);
                break;
            case ObjectNode many:
                Walk(many, slot, check);
                break;
            case NullNode:
                if (check && slot.Holds is NonNullType)
                    Wrong($"Expected value of type \"{slot.Holds}\", found null.", node);
                break;
            default:
                if (check)
                    Check(node, slot.Holds);
                break;
        }
    }

    private void Walk(ObjectNode many, Slot slot, bool check)
    {
        var input = slot.Holds?.Named as InputType;
        if (check && input is null)
        {
            Check(many, slot.Holds);
            check = false;
        }
        if (check)
            Check(many, input!);
        var known = new Dictionary<string, Name>(StringComparer.Ordinal);
        foreach (var field in many.Fields)
        {
            if (!known.TryAdd(field.Name.Text, field.Name))
                Wrong($"There can be only one input field named \"{field.Name}\".", known[field.Name.Text], field.Name);
            var definition = input?.Fields.GetValueOrDefault(field.Name.Text);
            if (check && definition is null)
                Wrong($"Field \"{field.Name}\" is not defined by type \"{input}\".{Near(field.Name.Text, input!.Fields.Keys)}", field);
            Walk(field.Value, new(definition?.Type, slot.Holds, definition?.Otherwise is not null), check);
        }
    }

    private void Check(ObjectNode many, InputType input)
    {
        foreach (var field in input.Fields.Values)
            if (field.IsRequired && !many.Fields.Any(f => f.Name.Text == field.Name))
                Wrong($"Field \"{input}.{field.Name}\" of required type \"{field.Type}\" was not provided.", many);
        if (!input.OneOf)
            return;
        if (many.Fields.Select(f => f.Name.Text).Distinct(StringComparer.Ordinal).Count() != 1)
            Wrong($"OneOf Input Object \"{input}\" must specify exactly one key.", many);
        else if (many.Fields[^1].Value is NullNode)
            Wrong($"Field \"{input}.{many.Fields[^1].Name}\" must be non-null.", many);
    }

    private void Check(ValueNode node, GraphType? holds)
    {
        switch (holds?.Named)
        {
            case null:
                break;
            case EnumType choice:
                if (node is not EnumNode word)
                    Wrong($"Enum \"{choice}\" cannot represent non-enum value: {Literals.Print(node)}.", node);
                else if (!choice.Values.ContainsKey(word.Text))
                    Wrong($"Value \"{word.Text}\" does not exist in \"{choice}\" enum.{Near(word.Text, choice.Values.Keys)}", node);
                break;
            case ScalarType scalar:
                try
                {
                    scalar.FromNode(node, null);
                }
                catch (FormatException e)
                {
                    Wrong(e.Message, node);
                }
                break;
            default:
                Wrong($"Expected value of type \"{holds}\", found {Literals.Print(node)}.", node);
                break;
        }
    }
}
