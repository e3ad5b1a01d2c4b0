namespace CrmPlatform.Query;

/// <summary>What a value can be.</summary>
public enum Kind
{
    /// <summary>Text; compared exactly, ordered by code point.</summary>
    Text,

    /// <summary>An exact decimal number.</summary>
    Number,

    /// <summary>An amount in a currency.</summary>
    Money,

    /// <summary>A day.</summary>
    Date,

    /// <summary>A moment, to the microsecond.</summary>
    Instant,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>One of a few texts.</summary>
    Choice,

    /// <summary>The id of another record.</summary>
    Reference,

    /// <summary>Several texts: tags, a choice of many.</summary>
    List,

    /// <summary>A stretch of days (<c>thismonth</c>); only ever written, never stored.</summary>
    Period,

    /// <summary>A length of time (<c>30d</c>); only ever written.</summary>
    Duration,

    /// <summary>Several ids (<c>myteam</c>); only ever written.</summary>
    References,

    /// <summary>Nothing (<c>null</c>).</summary>
    Nothing,
}

/// <summary>An amount in a currency.</summary>
/// <param name="Amount">How much.</param>
/// <param name="Currency">Three capital letters.</param>
public readonly record struct Money(decimal Amount, string Currency);

/// <summary>A length of time: a count of <c>min</c>, <c>h</c>, <c>d</c>, <c>w</c>, <c>mo</c>, <c>q</c> or <c>y</c>.</summary>
/// <param name="Count">How many.</param>
/// <param name="Unit">Of what.</param>
public readonly record struct Duration(int Count, string Unit)
{
    internal static readonly string[] Units = ["min", "h", "d", "w", "mo", "q", "y"];

    /// <summary>Whether it is counted on the clock; otherwise in the calendar.</summary>
    internal bool IsClock => Unit is "min" or "h";

    internal Duration Negated => this with { Count = -Count };
}

/// <summary>Days from the first up to, not including, the end.</summary>
internal readonly record struct Period(DateOnly From, DateOnly End);

/// <summary>Who asks, and when and where: what <c>me</c>, <c>today</c> and <c>-30d</c> mean.</summary>
/// <param name="Now">The moment.</param>
/// <param name="Zone">The time zone days begin in; its id is the IANA one.</param>
public sealed record Context(DateTimeOffset Now, TimeZoneInfo Zone)
{
    /// <summary>The caller's id; null for a system.</summary>
    public Guid? Me { get; init; }

    /// <summary>The ids of the caller's team.</summary>
    public IReadOnlyList<Guid> Team { get; init; } = [];

    /// <summary>The day a week begins with.</summary>
    public DayOfWeek FirstDay { get; init; } = DayOfWeek.Monday;
}
