namespace CrmPlatform.AllInOne;

/// <summary>What the demo company says of its leads, and some of them: on the way, put aside, given up, and one form to become one by.</summary>
internal static class DemoLeads
{
    private const int Leads = 60;

    /// <summary>Enters all of it through the given door.</summary>
    public static async Task Enter(Func<string, object, Task<string>> enter, DemoOwners owners)
    {
        var mail = await enter("scoringGroups", new { name = "Mail", cap = 25 });
        foreach (var rule in Rules(mail))
            await enter("scoringRules", rule);
        await enter("responseTargets", Target("From the website", 1, "source = \"website\"", 60));
        await enter("responseTargets", Target("Any other", 2, null, 480));
        await enter("scorecards", Card);
        await enter("forms", Form);
        for (var i = 0; i < Leads; i++)
        {
            var lead = await enter("leads", Lead(i, owners));
            if (i % 3 != 2)
                await enter($"leads/{lead}/engagements", new { kind = i % 2 == 0 ? "emailOpened" : "demoAsked", subject = "Spring offer" });
            if (i % 5 == 1)
                await enter($"leads/{lead}/engagements", new { kind = "call", direction = "out", subject = "First call" });
            if (i % 4 == 1)
                await enter($"leads/{lead}/change-status", new { to = i % 8 == 1 ? "working" : "qualified" });
            if (i % 11 == 10)
                await enter($"leads/{lead}/disqualify", new { reason = DemoReasons[i % DemoReasons.Length] });
        }
    }

    private static readonly string[] DemoReasons = ["no budget", "bought elsewhere", "cannot be reached"];

    private static readonly string[] Days = ["monday", "tuesday", "wednesday", "thursday", "friday"];

    private static object Target(string name, int position, string? condition, int minutes) => new
    {
        name,
        position,
        condition,
        minutes,
        timeZone = "Europe/Berlin",
        workingHours = Days.Select(day => new { day, from = "09:00", until = "17:00" }),
    };

    private static object[] Rules(string mail) =>
    [
        new { name = "Large company", axis = "fit", condition = "employees >= 500", points = 40 },
        new { name = "Decides", axis = "fit", condition = "authority = \"decides\"", points = 25 },
        new { name = "Address of a company", axis = "fit", condition = "email is not null and email !~ \"*@home.example\"", points = 10 },
        new { name = "Private address", axis = "fit", condition = "email ~ \"*@home.example\"", points = -15 },
        new
        {
            name = "Opened a mail",
            axis = "engagement",
            @event = "emailOpened",
            points = 10,
            repeatable = true,
            decay = "half",
            decayDays = 14,
            groupId = mail,
        },
        new { name = "Asked for a demo", axis = "engagement", @event = "demoAsked", points = 60, decay = "half", decayDays = 30 },
        new { name = "Filled in a form", axis = "engagement", @event = "formSubmitted", points = 40, decay = "even", decayDays = 60 },
    ];

    private static object Card => new
    {
        name = "First call",
        questions = new object[]
        {
            new
            {
                key = "budget",
                text = "Is there a budget?",
                required = true,
                answers = new[]
                {
                    new { key = "yes", text = "Yes", points = 10 }, new { key = "planned", text = "It is planned", points = 5 },
                    new { key = "no", text = "No", points = 0 },
                },
            },
            new { key = "pain", text = "What does it cost them not to buy?", required = true, points = 5 },
            new { key = "rivals", text = "Who else is asked?" },
        },
    };

    private static object Form => new
    {
        name = "Website",
        title = "Talk to us",
        intro = "Tell us what you are looking for, and we will call you within the hour.",
        published = true,
        source = "website",
        thanks = "Thank you. One of us will call you.",
        consentText = "You may write to me about your products. I can say no at any time.",
        consentVersion = "2026-1",
        consentPurpose = "newsletter",
        fields = new object[]
        {
            new { field = "firstName" },
            new { field = "lastName", required = true },
            new { field = "email", required = true },
            new { field = "phone", help = "With the country's code: +49 30 123456" },
            new { field = "company" },
            new { field = "need", label = "What are you looking for?" },
            new { field = "timeline", label = "Until when?" },
        },
    };

    private static object Lead(int i, DemoOwners owners)
    {
        var place = DemoWords.Places[i * 3 % DemoWords.Places.Length];
        var (first, last) = (DemoWords.First[i * 5 % DemoWords.First.Length], DemoWords.Last[i * 11 % DemoWords.Last.Length]);
        var trade = DemoWords.Trades[i * 5 % DemoWords.Trades.Length];
        var company = $"{DemoWords.Founders[i * 7 % DemoWords.Founders.Length]} {trade.Name}";
        var host = i % 6 == 5 ? "home" : company.ToLowerInvariant().Replace(" & ", "-", StringComparison.Ordinal).Replace(' ', '-');
        return new
        {
            firstName = first,
            lastName = last,
            email = $"{first}.{last}.{i}@{host}.example".ToLowerInvariant(),
            phone = $"{place.Phone}{8880000 + i}",
            company,
            industry = trade.Industry,
            employees = 5 + (i * i * 53 % 2400),
            jobTitle = DemoWords.Jobs[i * 7 % DemoWords.Jobs.Length],
            authority = i % 4 == 0 ? "decides" : i % 4 == 2 ? "influences" : null,
            timeline = i % 3 == 0 ? "thisQuarter" : null,
            source = DemoWords.Sources[i * 3 % DemoWords.Sources.Length],
            utmCampaign = i % 2 == 0 ? "spring" : null,
            estimatedAmount = i % 3 == 0 ? new { amount = $"{2500 * (1 + i % 9)}.00", currency = place.Currency } : null,
            productsOfInterest = i % 2 == 0 ? new[] { "Engine" } : ["Press", "Service"],
            address = new { city = place.City, country = place.Country },
            tags = i % 7 == 0 ? new[] { "fair" } : Array.Empty<string>(),
            ownerId = owners.Of(i),
            teamId = owners.TeamOf(i),
        };
    }
}
