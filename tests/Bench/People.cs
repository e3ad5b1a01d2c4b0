using System.Text.Json;

namespace CrmPlatform.Bench;

/// <summary>People nobody has entered before: every body differs, as it does in life.</summary>
internal sealed class People
{
    private static readonly string[] First =
        ["Ada", "Grace", "Alan", "Edsger", "Barbara", "Donald", "Margaret", "Ken", "Dennis", "Radia", "Leslie", "Frances", "John", "Niklaus", "Tim", "Joan"];

    private static readonly string[] Begins = ["Love", "Hop", "Tur", "Dijk", "Lisk", "Knu", "Hamil", "Thomp", "Rich", "Perl", "Lamp", "All", "McCar", "Wir"];

    private static readonly string[] Ends = ["lace", "per", "ing", "stra", "ov", "th", "ton", "son", "ie", "man", "ort", "en", "thy", "berg", "alds"];

    private long next;

    /// <summary>The first of numbers that nobody else gets.</summary>
    public long Take(long count) => Interlocked.Add(ref next, count) - count;

    /// <summary>One of them, as a body.</summary>
    public static string One(long number)
    {
        var (first, last) = (First[number % First.Length], Begins[number % Begins.Length] + Ends[number % Ends.Length] + Ends[number / 7 % Ends.Length]);
        return JsonSerializer.Serialize(new
        {
            firstName = first,
            lastName = last,
            email = $"{first}.{last}.{number}@mail.example".ToLowerInvariant(),
            phone = $"+4930{number:000000000}",
            jobTitle = "Countess",
            tags = new[] { "vip" },
        });
    }

    /// <summary>The name of a company.</summary>
    public static string Company(long number) => $"{Begins[number % Begins.Length]}{Ends[number / 3 % Ends.Length]} {number} GmbH";

    /// <summary>The same in the language of the load generator, from a number on.</summary>
    public static string Script(long from) =>
        $$"""
        local first, begins, ends, n = {{{Lua(First)}}}, {{{Lua(Begins)}}}, {{{Lua(Ends)}}}, {{from}}
        function request()
            n = n + 1
            local f, l = first[n % #first + 1], begins[n % #begins + 1] .. ends[n % #ends + 1] .. ends[math.floor(n / 7) % #ends + 1]
            return wrk.format(nil, nil, nil, string.format(
                '{"firstName":"%s","lastName":"%s","email":"%s.%s.%d@mail.example","phone":"+4930%09d","jobTitle":"Countess","tags":["vip"]}',
                f, l, f:lower(), l:lower(), n, n))
        end
        """;

    private static string Lua(IEnumerable<string> words) => string.Join(", ", words.Select(word => $"\"{word}\""));
}
