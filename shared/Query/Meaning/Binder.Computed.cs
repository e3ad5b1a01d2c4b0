using CrmPlatform.Query.Syntax;

namespace CrmPlatform.Query.Meaning;

/// <summary>Names that stand for formulas: what the formula says takes the place of the name, and is paid for as if it were written there.</summary>
internal sealed partial class Binder
{
    private Value Inlined(Computed computed, Name name, Shape at)
    {
        if (within.Any(computed.IsSameAs))
            throw Misfit(name.At, $"A formula cannot go round in a circle: `{name.Text}` would be computed from itself.");
        if (within.Count == meter.Limits.Formulas)
            throw Limits.Exceeded(name.At, $"At most {meter.Limits.Formulas} formulas use each other.");
        try
        {
            return Settled(new Binder(computed.Over(), meter, [], within: [.. within, computed]).Result(Parser.Parse(computed.Text, meter.Limits)));
        }
        catch (QueryException e) when (e.Fault == QueryFault.UnknownName)
        {
            throw Unknown(name, at); // what is made of something that is not there for this caller is not there either
        }
        catch (QueryException e)
        {
            throw new QueryException(e.Fault, name.At, $"`{name.Text}` cannot be computed: {e.Message}");
        }
    }

    // A formula is worth what is shown of it, also where another goes on with it.
    private static Value Settled(Value value) => value.Kind != Kind.Number || value is RollUp { Name: "count" } ? value
        : new Applied(Functions.Settled, [value], Kind.Number);

    // While formulas are read, which of them can be is not known.
    private QueryException Unknown(Name name, Shape at) =>
        Names.Unknown("field", name, (within.Count == 0 ? at.Members : at.Plain).Select(m => m.Name));
}
