using CrmPlatform.Query.Meaning;

namespace CrmPlatform.Query.Sql;

/// <summary>Values in SQL.</summary>
internal sealed partial class SqlWriter
{
    private string Of(Value value, string row) => Checked(value switch
    {
        Constant constant => constant.In(context) is { } known ? Parameter(known) : $"null::{Type(constant.Kind)}",
        FieldValue { Field.Whole: true } => $"({Bare(value, row)})::numeric",
        FieldValue => Bare(value, row),
        Through through => Through(through, row),
        Applied applied => applied.Function.Sql([.. applied.Arguments.Select(a => Of(a, row))]),
        Chosen chosen => $"(case when {Where(chosen.If, row, true)} then {Of(chosen.Then, row)} else {Of(chosen.Else, row)} end)",
        Verdict verdict => $"coalesce({Where(verdict.Condition, row, true)}, false)",
        DayOf day => $"({Of(day.Instant, row)} at time zone {Parameter(context.Zone.Id)})::date",
        RollUp rollUp => Rolled(rollUp, row),
        _ => throw new InvalidOperationException($"No SQL says {value.GetType().Name}."),
    });

    // As the column stands, for the sake of its index.
    private string Bare(Value value, string row) => value is not FieldValue { Field: var field, Part: var part } ? Of(value, row)
        : Template.Fill(part == Part.Currency ? field.CurrencySql ?? "null" : field.Sql, row);

    private string Through(Through through, string row)
    {
        var from = From(through.Link, row, null, out var other);
        return $"(select {Of(through.Of, other)} {from})";
    }

    private string Rolled(RollUp rollUp, string row)
    {
        var from = From(rollUp.Link, row, rollUp.Where, out var other);
        if (rollUp.Of is not { } of)
            return $"(select count(*)::numeric {from})";
        var amount = Of(of.Kind == Kind.Money ? Money(of, Part.Amount) : of, other);
        var result = rollUp.Name switch
        {
            "sum" => $"coalesce(sum({amount}), 0)",
            "avg" => Functions.Quotient($"sum({amount})", $"count({amount})"),
            _ => $"{rollUp.Name}({amount})",
        };
        if (of.Kind == Kind.Money)
        {
            // Amounts in different currencies have no sum.
            var currency = $"case when {amount} is not null then {Of(Money(of, Part.Currency), other)} end";
            result = $"case when min({currency}) is not distinct from max({currency}) then {result} end";
        }
        return $"(select {result} {from})";
    }

    private static Value Money(Value money, Part part) => money is Through through
        ? through with { Of = Money(through.Of, part) }
        : (FieldValue)money with { Part = part, Kind = part == Part.Amount ? Kind.Number : Kind.Text };

    private string Array(Value operand, IReadOnlyList<object> list) => Parameter(operand.Kind switch
    {
        Kind.Number when IsWhole(operand) && list.All(one => Whole(one) is not null) => list.Select(one => (long)Whole(one)!).ToArray(),
        Kind.Number => list.Cast<decimal>().ToArray(),
        Kind.Date => list.Cast<DateOnly>().ToArray(),
        Kind.Instant => list.Cast<DateTimeOffset>().ToArray(),
        Kind.Reference => list.Cast<Guid>().ToArray(),
        _ => list.Cast<string>().ToArray(),
    });

    private static bool IsWhole(Value value) => value is FieldValue { Field.Whole: true };

    private static object? Whole(object? number) =>
        number is decimal d && decimal.IsInteger(d) && d is >= long.MinValue and <= long.MaxValue ? (long)d : null;

    private static string Type(Kind kind) => kind switch
    {
        Kind.Number => "numeric",
        Kind.Date => "date",
        Kind.Instant => "timestamptz",
        Kind.Boolean => "boolean",
        Kind.Reference => "uuid",
        _ => "text",
    };
}
