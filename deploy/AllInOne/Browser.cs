using System.Net;
using System.Text.RegularExpressions;
using CrmPlatform.Hosting;

namespace CrmPlatform.AllInOne;

/// <summary>A browser without scripts, as far as the demo people need one: keeps cookies, follows the platform's redirects, fills in its forms.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false, UseProxy = false });
    private readonly Uri home;

    public Browser(Uri home)
    {
        this.home = home;
        http.DefaultRequestHeaders.Add("User-Agent", "CrmPlatform on the command line");
    }

    /// <summary>The page it shows.</summary>
    public string Page { get; private set; } = "";

    /// <summary>Where it is: on the platform, or where that has sent it.</summary>
    public Uri At { get; private set; } = new("about:blank");

    /// <summary>What the page says went wrong.</summary>
    public string Trouble => string.Join(' ', Troubles.Matches(Page).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)));

    public Task Open(string path) => Go(new HttpRequestMessage(HttpMethod.Get, new Uri(home, path)));

    /// <summary>Fills in the form that goes to an address, and sends it.</summary>
    public Task Submit(string action, params (string Name, string Value)[] values)
    {
        var form = Forms.Matches(Page).FirstOrDefault(form => Attribute(form.Value, "action") == action)
            ?? throw new SettingsException($"{At} has no form for {action}. {Trouble}");
        var fields = Inputs.Matches(form.Value).Where(input => Attribute(input.Value, "name") is not null)
            .GroupBy(input => Attribute(input.Value, "name")!).ToDictionary(g => g.Key, g => Attribute(g.First().Value, "value") ?? "");
        foreach (var (name, value) in values)
            fields[name] = value;
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(home, action)) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("Origin", home.GetLeftPart(UriPartial.Authority));
        return Go(request);
    }

    public void Dispose() => http.Dispose();

    private async Task Go(HttpRequestMessage request)
    {
        for (var hops = 0; hops < 10; hops++)
        {
            using var sent = request;
            using var answer = await http.SendAsync(sent);
            (At, Page) = (sent.RequestUri!, await answer.Content.ReadAsStringAsync());
            if (answer.StatusCode is not (HttpStatusCode.Found or HttpStatusCode.SeeOther) || answer.Headers.Location is not { } next)
                return;
            At = new Uri(At, next);
            if (At.Authority != home.Authority)
                return;
            request = new HttpRequestMessage(HttpMethod.Get, At);
        }
        throw new SettingsException($"{At} leads round in a circle.");
    }

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"\\b{name}=\"([^\"]*)\"") is { Success: true } found ? WebUtility.HtmlDecode(found.Groups[1].Value) : null;

    [GeneratedRegex("<form[\\s\\S]*?</form>")]
    private static partial Regex Forms { get; }

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Inputs { get; }

    [GeneratedRegex("<p class=\"(?:trouble|error)\"[^>]*>(.*?)</p>")]
    private static partial Regex Troubles { get; }
}
