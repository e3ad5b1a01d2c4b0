namespace CrmPlatform.AllInOne;

/// <summary>What the people and companies of the demo tenant are called.</summary>
internal static class DemoWords
{
    public static readonly string[] Founders =
    [
        "Hartmann", "Okafor", "Lindqvist", "Moreau", "Tanaka", "Costa", "Brennan", "Novak", "Hoffmann", "Petrov", "Silva", "Johansson", "Keller",
        "Rossi", "Dubois", "Nakamura", "Adeyemi", "Kowalski", "Vasquez", "Andersen",
    ];

    public static readonly (string Name, string Industry)[] Trades =
    [
        ("Logistics", "Transport"), ("Robotics", "Manufacturing"), ("Energy", "Energy"), ("Foods", "Food"), ("Analytics", "Software"),
        ("& Partners", "Consulting"), ("Medical", "Health"), ("Textiles", "Retail"), ("Bank", "Finance"), ("Press", "Media"), ("Timber", "Construction"),
    ];

    public static readonly string[] First =
    [
        "Ada", "Ben", "Chiara", "David", "Elif", "Felix", "Grace", "Hugo", "Ines", "Jonas", "Katarina", "Liam", "Maya", "Noah", "Olivia", "Pablo",
        "Quynh", "Rosa", "Samir", "Theresa", "Umar", "Vera", "Wei", "Ximena", "Yusuf", "Zoe", "Amara",
    ];

    public static readonly string[] Last =
    [
        "Achterberg", "Bauer", "Cohen", "Diaz", "Eriksen", "Fischer", "Garcia", "Haddad", "Ivanova", "Jensen", "Kim", "Lopez", "Meyer", "Nguyen",
        "Olsen", "Park", "Quinn", "Richter", "Sato", "Thompson", "Ueda", "Vogel", "Weber", "Xu", "Yilmaz", "Zimmermann", "Bianchi", "Clarke", "Dumont",
    ];

    public static readonly string[] Jobs =
    [
        "Head of Purchasing", "Managing Director", "Sales Manager", "Software Engineer", "Marketing Lead", "Office Manager", "Chief Financial Officer",
        "Plant Manager", "Product Owner", "Customer Success Manager", "Consultant",
    ];

    // The jobs in the same order work in these.
    public static readonly string[] Departments =
    [
        "Purchasing", "Management", "Sales", "Engineering", "Marketing", "Administration", "Finance", "Production", "Product", "Customer Success",
        "Consulting",
    ];

    public static readonly string[] Streets = ["Harbour Street", "Market Square", "Mill Lane", "Station Road", "Long Row", "Bridge Street", "Castle Hill"];

    public static readonly string[] Types = ["customer", "prospect", "customer", "prospect", "partner", "reseller", "vendor", "former", "competitor"];

    public static readonly string[] Stages = ["subscriber", "lead", "mql", "sql", "opportunity", "customer", "customer", "evangelist"];

    public static readonly string[] Sources = ["website", "fair", "referral", "webinar", "cold call"];

    public static readonly DemoPlace[] Places =
    [
        new("Berlin", "10115", "DE", "Europe/Berlin", "de", "+4930", "EUR", "GmbH"),
        new("Vienna", "1010", "AT", "Europe/Vienna", "de-AT", "+431", "EUR", "GmbH"),
        new("Lyon", "69001", "FR", "Europe/Paris", "fr", "+334", "EUR", "SAS"),
        new("London", "EC1A 1BB", "GB", "Europe/London", "en-GB", "+4420", "GBP", "Ltd"),
        new("Boston", "02108", "US", "America/New_York", "en-US", "+1617", "USD", "Inc."),
        new("Stockholm", "111 20", "SE", "Europe/Stockholm", "sv", "+468", "SEK", "AB"),
        new("Porto", "4000-009", "PT", "Europe/Lisbon", "pt", "+3512", "EUR", "Lda"),
    ];
}

/// <summary>Where somebody is, and what is usual there.</summary>
internal sealed record DemoPlace(
    string City, string PostalCode, string Country, string Zone, string Language, string Phone, string Currency, string LegalType);
