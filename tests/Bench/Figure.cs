namespace CrmPlatform.Bench;

/// <summary>One measurement. With a ceiling (the bare minimum measured in the same run) the ratio is what counts: machines differ, ratios hardly.</summary>
internal sealed record Figure(string Area, string Name, double Value, string Unit, double? Ceiling, double? Ratio, double Goal, bool Met)
{
    /// <summary>Measured against a ceiling: the goal is a share of it.</summary>
    public static Figure Share(string area, string name, double value, string unit, double ceiling, double goal) =>
        new(area, name, Round(value), unit, Round(ceiling), Round(value / ceiling), goal, value / ceiling >= goal);

    /// <summary>Measured against what another takes: the goal is the share that must not be exceeded.</summary>
    public static Figure AtMost(string area, string name, double value, string unit, double other, double goal) =>
        new(area, name, Round(value), unit, Round(other), Round(value / other), goal, value / other <= goal);

    /// <summary>At least so much.</summary>
    public static Figure AtLeast(string area, string name, double value, string unit, double goal) =>
        new(area, name, Round(value), unit, null, null, goal, value >= goal);

    /// <summary>Less than so much.</summary>
    public static Figure Below(string area, string name, double value, string unit, double goal) =>
        new(area, name, Round(value), unit, null, null, goal, value < goal);

    public override string ToString() =>
        $"{(Met ? "met   " : "MISSED")} {Area} | {Name}: {Value} {Unit}"
        + (Ceiling is null ? $" (goal {Goal})" : $" of {Ceiling} = {Ratio} (goal {Goal})");

    private static double Round(double value) => Math.Round(value, value < 10 ? 2 : 0);
}
