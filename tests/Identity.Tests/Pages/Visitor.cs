using System.Net;
using System.Text.RegularExpressions;
using CrmPlatform.Testing;
using Xunit;

namespace CrmPlatform.Identity.Tests.Pages;

/// <summary>Somebody with a browser that runs no scripts: keeps cookies, follows redirects, fills in the form it sees.</summary>
public sealed partial class Visitor : IDisposable
{
    private readonly CookieContainer cookies = new();
    private readonly HttpClient http;
    private readonly Uri address;

    public Visitor(TestCrm crm, string? ip = null)
    {
        address = crm.Service("identity").Address;
        http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false });
        http.DefaultRequestHeaders.Add("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        http.DefaultRequestHeaders.Add("X-Forwarded-For", ip ?? Nowhere());
    }

    /// <summary>The page seen.</summary>
    public string Html { get; private set; } = "";

    /// <summary>Its address.</summary>
    public string Path { get; private set; } = "/";

    /// <summary>How it was answered.</summary>
    public int Status { get; private set; }

    /// <summary>With which headers.</summary>
    public HttpResponseMessage Answer { get; private set; } = new();

    /// <summary>What its title says.</summary>
    public string Title => WebUtility.HtmlDecode(Regex.Match(Html, "<h1>(.*?)</h1>").Groups[1].Value);

    /// <summary>What is said to have gone wrong.</summary>
    public IEnumerable<string> Troubles => TroubleForm.Matches(Html).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value));

    /// <summary>The cookies the browser has.</summary>
    public CookieCollection Cookies => cookies.GetCookies(address);

    /// <summary>Opens an address.</summary>
    public Task<Visitor> Open(string path) => Send(new HttpRequestMessage(HttpMethod.Get, new Uri(address, path)));

    /// <summary>Fills in the form that goes to an address (or the first one) and has these fields, and sends it.</summary>
    public Task<Visitor> Submit(object values, string? action = null, string? origin = null)
    {
        var form = FormForm.Matches(Html).Where(f => action is null || Attribute(f.Value, "action") == action)
            .Where(f => values.GetType().GetProperties().All(p => f.Value.Contains($"name=\"{p.Name}\"", StringComparison.Ordinal))).First();
        var fields = InputForm.Matches(form.Value).Select(i => i.Value)
            .Where(i => Attribute(i, "name") is not null && Attribute(i, "type") is not "checkbox")
            .GroupBy(i => Attribute(i, "name")!).ToDictionary(g => g.Key, g => Attribute(g.First(), "value") ?? "");
        foreach (var property in values.GetType().GetProperties())
            fields[property.Name] = $"{property.GetValue(values)}";
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, Attribute(form.Value, "action")))
        {
            Content = new FormUrlEncodedContent(fields),
        };
        request.Headers.Add("Origin", origin ?? address.GetLeftPart(UriPartial.Authority));
        return Send(request);
    }

    /// <summary>The same, if it was answered so.</summary>
    public Visitor Expect(int status, string? title = null)
    {
        Assert.True(Status == status && (title is null || title == Title), $"Expected {status} {title}, but it is {Status} {Title} at {Path}\n{Html}");
        return this;
    }

    public void Dispose() => http.Dispose();

    private async Task<Visitor> Send(HttpRequestMessage request)
    {
        for (var hops = 0; hops < 10; hops++)
        {
            Answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            (Status, Path) = ((int)Answer.StatusCode, request.RequestUri!.PathAndQuery);
            Html = await Answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            if (Status is not (302 or 303))
                return this;
            var next = new Uri(request.RequestUri, Answer.Headers.Location!);
            if (next.Authority != address.Authority)
                return this; // to a program elsewhere, whose address is in the answer
            request = new HttpRequestMessage(HttpMethod.Get, next);
        }
        throw new InvalidOperationException($"{Path} leads round in a circle.");
    }

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $"""\b{name}="([^"]*)""") is { Success: true } found ? WebUtility.HtmlDecode(found.Groups[1].Value) : null;

    // An address of its own for each visitor: what one does wrong slows no other down.
    private static string Nowhere()
    {
        var bytes = Guid.CreateVersion7().ToByteArray();
        return $"10.{bytes[13]}.{bytes[14]}.{bytes[15]}";
    }

    [GeneratedRegex("<form[\\s\\S]*?</form>")]
    private static partial Regex FormForm { get; }

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex InputForm { get; }

    [GeneratedRegex("<p class=\"(?:trouble|error)\"[^>]*>(.+?)</p>")]
    private static partial Regex TroubleForm { get; }
}
