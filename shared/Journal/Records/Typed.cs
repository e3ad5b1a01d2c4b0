using System.ComponentModel.DataAnnotations;

namespace CrmPlatform.Journal.Records;

/// <summary>One of several of its kind, of which one is the main one.</summary>
public abstract record Typed
{
    /// <summary>What it is for: <c>work</c>, <c>home</c>, <c>mobile</c>, <c>billing</c>.</summary>
    [StringLength(30)]
    public string? Type { get; init; }

    /// <summary>Whether it is the main one.</summary>
    public bool Primary { get; init; }
}

/// <summary>An e-mail address of a person or company, with what is known of it.</summary>
public sealed record TypedEmail : Typed
{
    /// <summary>The address.</summary>
    [Required, Email, StringLength(254)]
    public string Address { get; init; } = "";

    /// <summary>Whether its owner wants no marketing there.</summary>
    public bool OptOut { get; init; }

    /// <summary>Whether it is known not to exist.</summary>
    public bool Invalid { get; init; }

    /// <summary>Whether mail to it has come back.</summary>
    public bool Bounced { get; init; }
}

/// <summary>A phone number of a person or company.</summary>
public sealed record TypedPhone : Typed
{
    /// <summary>The number, international: <c>+4930123456</c>.</summary>
    [Required, PhoneNumber]
    public string Number { get; init; } = "";

    /// <summary>Whether its owner does not want to be called there.</summary>
    public bool DoNotCall { get; init; }
}

/// <summary>Where somebody is found on a social network.</summary>
public sealed record SocialProfile
{
    /// <summary>The address of the profile.</summary>
    [Required, WebAddress]
    public string Url { get; init; } = "";

    /// <summary>The network: <c>linkedin</c>, <c>mastodon</c>.</summary>
    [Required, StringLength(50)]
    public string Network { get; init; } = "";
}

/// <summary>The main one of a list.</summary>
public static class Primary
{
    /// <summary>The one that is marked, or the first.</summary>
    public static T? Of<T>(IReadOnlyList<T> list)
        where T : Typed => list.FirstOrDefault(one => one.Primary) ?? (list.Count > 0 ? list[0] : null);

    /// <summary>The list with exactly one that is marked: of several, the one that was not before.</summary>
    public static IReadOnlyList<T> One<T>(IReadOnlyList<T> list, IReadOnlyList<T> before)
        where T : Typed
    {
        if (list.Count(one => one.Primary) == 1 || list.Count == 0)
            return list;
        var main = list.FirstOrDefault(one => one.Primary && !before.Contains(one)) ?? Of(list);
        return [.. list.Select(one => one with { Primary = ReferenceEquals(one, main) })];
    }

    /// <summary>The list with another main one: what is in it already is marked, anything else takes the place of the main one.</summary>
    public static IReadOnlyList<T> Set<T>(IReadOnlyList<T> list, T? main, Func<T, T, bool> same)
        where T : Typed
    {
        var (others, old) = (list.Where(one => !ReferenceEquals(one, Of(list))).Select(one => one with { Primary = false }).ToList(), Of(list));
        if (main is null)
            return others;
        if (old is not null && same(old, main))
            return [old with { Primary = true }, .. others];
        var known = others.FindIndex(one => same(one, main));
        return known < 0 ? [main with { Primary = true, Type = old?.Type }, .. others]
            : [.. others.Select((one, i) => one with { Primary = i == known }), .. old is null ? [] : (T[])[old with { Primary = false }]];
    }
}
